//! Functions of the form, and the bodies of functions.

use super::{Context, field::TYPE_KEYS, id::Kind};
use crate::{
    codes,
    definition::{Argument, Body, Function, InputType},
    diagnostic::Diagnostic,
    expression::{Expr, ExprKind},
    source::Spanned,
    yaml::{Entry, Node, NodeKind},
};

const KEYS: &[&str] = &["function", "label", "arguments", "expr", "source"];

impl Context<'_> {
    /// `functions` of the form.
    pub fn functions(&mut self, node: &Node) -> Vec<Function> {
        let items = self.items(node, "`functions`").unwrap_or_default();
        items
            .iter()
            .filter_map(|item| self.function(item))
            .collect()
    }

    fn function(&mut self, node: &Node) -> Option<Function> {
        let mapping = self.mapping(node, "a function", KEYS)?;
        let id = self
            .required(&mapping, "function", "name_of_the_function")
            .and_then(|node| self.id(node, Kind::Name));
        let arguments = match mapping.get("arguments") {
            Some(node) => {
                let entries = self.entries(node, "`arguments`").unwrap_or_default();
                entries.iter().map(|entry| self.argument(entry)).collect()
            }
            None => {
                let example = "the name of an argument and its type, one a line below";
                self.required(&mapping, "arguments", example);
                Vec::new()
            }
        };
        let body = match self.required(&mapping, "expr", "what it comes to") {
            Some(node) => self.body(node),
            None => Body {
                locals: Vec::new(),
                result: Expr {
                    kind: ExprKind::Error,
                    span: mapping.span.before(),
                },
            },
        };
        Some(Function {
            function: id?,
            label: self.optional_plain(&mapping, "label"),
            arguments,
            body,
            source: self.source(&mapping),
            span: mapping.span,
        })
    }

    fn argument(&mut self, entry: &Entry) -> Argument {
        let argument = self.key_id(&entry.key, Kind::Name);
        if let NodeKind::Scalar(_) = &entry.value.kind {
            // `income: money` is short for a mapping with that type and nothing else.
            let type_ = Entry {
                key: Spanned::new("type".to_owned(), entry.value.span.before()),
                value: entry.value.clone(),
            };
            let short = Node {
                kind: NodeKind::Mapping(vec![type_]),
                span: entry.value.span,
            };
            let type_ = self.input_type(&short, TYPE_KEYS);
            return Argument {
                argument,
                type_: type_.unwrap_or(InputType::Error),
                optional: false,
                label: None,
            };
        }
        let (mut optional, mut label) = (false, None);
        let mut type_ = None;
        let keys = [TYPE_KEYS, &["same_as", "optional", "label"]].concat();
        if let Some(mapping) = self.mapping(&entry.value, "an argument", &keys) {
            optional = self.flag(&mapping, "optional");
            label = self.optional_plain(&mapping, "label");
            type_ = self.typed_or_same(&mapping);
        }
        Argument {
            argument,
            type_: type_.unwrap_or(InputType::Error),
            optional,
            label,
        }
    }

    /// `let name = expression;` as often as wanted, then an expression.
    fn body(&mut self, node: &Node) -> Body {
        let error = |span| Body {
            locals: Vec::new(),
            result: Expr {
                kind: ExprKind::Error,
                span,
            },
        };
        if node.kind == NodeKind::Error {
            return error(node.span);
        }
        let Some(text) = self.text(node, "an expression") else {
            return error(node.span);
        };
        let Some(parts) = self.parser.statements(&text) else {
            return Body {
                locals: Vec::new(),
                result: self.parsed(&text),
            };
        };
        let mut locals = Vec::new();
        for (name, expression) in parts.locals {
            let name = self.check_id(&name, Kind::Name);
            let value = self.parsed(&expression);
            locals.push((name, value));
        }
        if parts.result.text.trim().is_empty() {
            self.error(
                Diagnostic::error(
                    codes::FUNCTION_BODY,
                    text.whole().after(),
                    "the function ends without a result",
                )
                .help("Write what it comes to last, without `let` and without `;`."),
            );
            return Body {
                locals,
                ..error(node.span)
            };
        }
        Body {
            locals,
            result: self.parsed(&parts.result),
        }
    }
}
