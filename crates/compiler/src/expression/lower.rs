//! From Rhai's tree to ours.

use std::ops::Range;

use counterfoil_engine::number::Number;
use rhai::{AST, Expr as RhaiExpr, FnCallExpr, Position, Stmt, StmtBlock, Token};

use super::{BinaryOp, Expr, ExprKind, tokens::Tokens};
use crate::{
    codes,
    diagnostic::Diagnostic,
    source::{Span, Spanned, Text},
};

/// An expression and the tokens that it covers, surrounding parentheses not included.
struct Node {
    expr: Expr,
    tokens: Range<usize>,
}

/// The construct at some tokens is none of ours; it has been reported.
struct Refused;

pub(super) struct Lowering<'a> {
    pub tokens: &'a Tokens,
    pub text: &'a Text,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

type Lowered = Result<Node, Refused>;

impl Lowering<'_> {
    /// The whole expression; an `Error` where it holds something that rules do not use.
    pub fn ast(&mut self, ast: &AST) -> Expr {
        let lowered = match ast.statements() {
            [Stmt::Expr(expr)] => self.expr(expr),
            [Stmt::FnCall(call, position)] => self.call(call, *position),
            _ => Err(self.refuse(Position::NONE)),
        };
        match lowered {
            Ok(node) => node.expr,
            Err(Refused) => Expr {
                kind: ExprKind::Error,
                span: self.text.whole(),
            },
        }
    }

    fn expr(&mut self, expr: &RhaiExpr) -> Lowered {
        match expr {
            RhaiExpr::BoolConstant(value, position) => {
                self.leaf(*position, ExprKind::Boolean(*value))
            }
            RhaiExpr::IntegerConstant(_, position) => self.number(*position),
            RhaiExpr::DynamicConstant(value, position) if value.is_decimal() => {
                self.number(*position)
            }
            RhaiExpr::StringConstant(text, position) => {
                self.leaf(*position, ExprKind::Text(text.to_string()))
            }
            RhaiExpr::Variable(variable, _, position) => {
                self.leaf(*position, ExprKind::Name(variable.1.to_string()))
            }
            RhaiExpr::Array(items, position) => {
                let start = self.token(*position)?;
                let end = self.closing(start)?;
                let items = self.all(items)?;
                Ok(self.node(ExprKind::List(items), start..end + 1))
            }
            RhaiExpr::FnCall(call, position) => self.call(call, *position),
            RhaiExpr::Coalesce(operands, _) => self.coalesce(operands),
            RhaiExpr::Dot(pair, ..) => {
                let base = self.expr(&pair.lhs)?;
                self.member(base, &pair.rhs)
            }
            RhaiExpr::Stmt(block) => self.block(block),
            other => Err(self.refuse(other.position())),
        }
    }

    fn all(&mut self, exprs: &[RhaiExpr]) -> Result<Vec<Expr>, Refused> {
        exprs
            .iter()
            .map(|expr| self.expr(expr).map(|node| node.expr))
            .collect()
    }

    /// A number, or a number with a minus that Rhai has folded into it.
    fn number(&mut self, position: Position) -> Lowered {
        let start = self.token(position)?;
        Ok(self.number_at(start))
    }

    fn number_at(&mut self, start: usize) -> Node {
        let negative = matches!(
            self.tokens.tokens[start].token,
            Token::Minus | Token::UnaryMinus
        );
        if !negative {
            let range = self.tokens.tokens[start].range.clone();
            let written = &self.text.text[range.clone()];
            let digits = written.strip_prefix('-');
            let raw = digits.unwrap_or(written).to_owned();
            let place = self.text.span(range.end - raw.len()..range.end);
            let mut kind = self.literal(raw, place);
            if digits.is_some() {
                kind = ExprKind::Negate(Box::new(Expr { kind, span: place }));
            }
            return self.node(kind, start..start + 1);
        }
        // `- -5` and `-(5)` are folded as well: step over signs and parentheses to the digits.
        let mut inner = start + 1;
        while self.tokens.tokens[inner].token == Token::LeftParen {
            inner += 1;
        }
        let operand = self.number_at(inner);
        let end = self.tokens.with_parentheses(operand.tokens).end;
        let kind = ExprKind::Negate(Box::new(operand.expr));
        self.node(kind, start..end)
    }

    fn literal(&mut self, raw: String, span: Span) -> ExprKind {
        let plain = raw.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let help = if raw.contains('_') {
            "Write the digits without `_`."
        } else {
            "Write digits with a point before the decimals: `1250.50`; 28 digits at most."
        };
        match Number::parse(&raw) {
            Ok(value) if plain => ExprKind::Number { value, raw },
            _ => {
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::BAD_LITERAL,
                        span,
                        format!("`{raw}` is not a number that the engine computes exactly"),
                    )
                    .help(help),
                );
                ExprKind::Error
            }
        }
    }

    fn call(&mut self, call: &FnCallExpr, position: Position) -> Lowered {
        let at = self.token(position)?;
        match self.tokens.tokens[at].token.clone() {
            Token::Custom(word) => self.logical(call, word.as_str() == "and"),
            Token::Minus | Token::UnaryMinus if call.args.len() == 1 => {
                let operand = self.expr(&call.args[0])?;
                let end = self.tokens.with_parentheses(operand.tokens).end;
                let kind = ExprKind::Negate(Box::new(operand.expr));
                Ok(self.node(kind, at..end))
            }
            Token::In if call.args.len() == 2 => {
                // Rhai swaps the operands for its own `contains`.
                self.binary(BinaryOp::In, at, &call.args[1], &call.args[0])
            }
            Token::Identifier(name) if call.op_token.is_none() => {
                self.named_call(name.as_str(), at, &call.args)
            }
            token => match binary_op(&token) {
                Some(op) if call.args.len() == 2 => {
                    self.binary(op, at, &call.args[0], &call.args[1])
                }
                _ => Err(self.refuse(position)),
            },
        }
    }

    fn named_call(&mut self, name: &str, at: usize, args: &[RhaiExpr]) -> Lowered {
        let name_span = self.text.span(self.tokens.tokens[at].range.clone());
        let next = self.tokens.tokens.get(at + 1).map(|lexeme| &lexeme.token);
        let end = match next {
            Some(Token::Unit) => at + 1,
            Some(Token::LeftParen) => self.closing(at + 1)?,
            _ => return Err(self.refuse_tokens(at..at + 1)),
        };
        let mut arguments = self.all(args)?;
        let kind = if name == "not" {
            if arguments.len() != 1 {
                self.diagnostics.push(Diagnostic::error(
                    codes::EXPRESSION_SYNTAX,
                    self.text.span(self.tokens.bytes(&(at..end + 1))),
                    "`not` takes one condition",
                ));
                return Err(Refused);
            }
            ExprKind::Not(Box::new(arguments.remove(0)))
        } else {
            ExprKind::Call {
                name: Spanned::new(name.to_owned(), name_span),
                arguments,
            }
        };
        Ok(self.node(kind, at..end + 1))
    }

    fn logical(&mut self, call: &FnCallExpr, and: bool) -> Lowered {
        let mut operands = Vec::new();
        let mut covered: Option<Range<usize>> = None;
        for argument in &call.args {
            let node = self.expr(argument)?;
            let outer = self.tokens.with_parentheses(node.tokens.clone());
            let start = covered.map_or(outer.start, |range| range.start);
            covered = Some(start..outer.end);
            match node.expr.kind {
                // `a and b and c` is one conjunction of three.
                ExprKind::And(inner) if and && outer == node.tokens => operands.extend(inner),
                ExprKind::Or(inner) if !and && outer == node.tokens => operands.extend(inner),
                _ => operands.push(node.expr),
            }
        }
        let kind = if and {
            ExprKind::And(operands)
        } else {
            ExprKind::Or(operands)
        };
        Ok(self.node(kind, covered.unwrap_or(0..1)))
    }

    fn binary(&mut self, op: BinaryOp, at: usize, left: &RhaiExpr, right: &RhaiExpr) -> Lowered {
        let left = self.expr(left)?;
        let right = self.expr(right)?;
        let op = Spanned::new(op, self.text.span(self.tokens.tokens[at].range.clone()));
        if op.value.is_comparison() {
            self.refuse_chain(&left, &right, at)?;
        }
        Ok(self.join(op, left, right))
    }

    fn join(&self, op: Spanned<BinaryOp>, left: Node, right: Node) -> Node {
        let start = self.tokens.with_parentheses(left.tokens).start;
        let end = self.tokens.with_parentheses(right.tokens).end;
        let kind = ExprKind::Binary {
            op,
            left: Box::new(left.expr),
            right: Box::new(right.expr),
        };
        self.node(kind, start..end)
    }

    /// `a < b < c` compares a boolean with `c`; nobody means that.
    fn refuse_chain(&mut self, left: &Node, right: &Node, at: usize) -> Result<(), Refused> {
        let bare = |node: &Node| self.tokens.with_parentheses(node.tokens.clone()) == node.tokens;
        let is_comparison = |node: &Node| matches!(&node.expr.kind, ExprKind::Binary { op, .. } if op.value.is_comparison());
        let chained = [left, right]
            .into_iter()
            .any(|node| bare(node) && is_comparison(node));
        if !chained {
            return Ok(());
        }
        let tokens = left.tokens.start..right.tokens.end;
        let span = self.text.span(self.tokens.bytes(&tokens));
        let mut diagnostic = Diagnostic::error(
            codes::EXPRESSION_PARENTHESES,
            span,
            "comparisons cannot be chained",
        )
        .help("Join two comparisons with `and`, or put one of them in parentheses.");
        if let ExprKind::Binary { right: middle, .. } = &left.expr.kind {
            let source = |range: Range<usize>| &self.text.text[self.tokens.bytes(&range)];
            let middle_text = self.source_of(middle.span);
            let replacement = format!(
                "{} and {} {}",
                source(left.tokens.clone()),
                middle_text,
                source(at..right.tokens.end)
            );
            if self.text.takes(&replacement) {
                diagnostic = diagnostic.suggest(span, replacement);
            }
        }
        self.diagnostics.push(diagnostic);
        Err(Refused)
    }

    /// The text of an expression that has been lowered.
    fn source_of(&self, span: Span) -> &str {
        let covers = |lexeme: &&super::tokens::Lexeme| {
            let place = self.text.span(lexeme.range.clone());
            place.start >= span.start && place.end <= span.end
        };
        let mut inside = self.tokens.tokens.iter().filter(covers);
        let Some(first) = inside.next() else {
            return "";
        };
        let end = inside
            .next_back()
            .map_or(first.range.end, |last| last.range.end);
        &self.text.text[first.range.start..end]
    }

    /// `a ?? b ?? c`; Rhai binds `a ?? 0 + b` as `a ?? (0 + b)`, which few expect.
    fn coalesce(&mut self, operands: &[RhaiExpr]) -> Lowered {
        let mut result: Option<Node> = None;
        for operand in operands {
            let node = self.expr(operand)?;
            let outer = self.tokens.with_parentheses(node.tokens.clone());
            let arithmetic =
                matches!(&node.expr.kind, ExprKind::Binary { op, .. } if op.value.is_arithmetic());
            if arithmetic && outer == node.tokens {
                let span = self.text.span(self.tokens.bytes(&node.tokens));
                let written = &self.text.text[self.tokens.bytes(&node.tokens)];
                let diagnostic = Diagnostic::error(
                    codes::EXPRESSION_PARENTHESES,
                    span,
                    "`??` beside arithmetic needs parentheses",
                )
                .here(format!("read as `({written})`"))
                .help("Write `(a ?? 0) + b` or `a ?? (0 + b)`, as you mean it.");
                self.diagnostics.push(diagnostic);
                return Err(Refused);
            }
            result = Some(match result {
                None => node,
                Some(left) => {
                    // Rhai makes one chain of `a ?? (b ?? c)`: step over what opens before `b`.
                    let mut at = outer.start.saturating_sub(1);
                    while at > 0 && self.tokens.tokens[at].token == Token::LeftParen {
                        at -= 1;
                    }
                    let op = self.text.span(self.tokens.tokens[at].range.clone());
                    self.join(Spanned::new(BinaryOp::Default, op), left, node)
                }
            });
        }
        let mut result = result.ok_or(Refused)?;
        // Parentheses that open inside of the chain close inside of it.
        let partner = |at: usize| self.tokens.partners.get(at).copied().flatten();
        while partner(result.tokens.end).is_some_and(|open| result.tokens.contains(&open)) {
            result.tokens.end += 1;
        }
        result.expr.span = self.text.span(self.tokens.bytes(&result.tokens));
        Ok(result)
    }

    fn member(&mut self, base: Node, rhs: &RhaiExpr) -> Lowered {
        match rhs {
            RhaiExpr::Property(property, position) => {
                let at = self.token(*position)?;
                let span = self.text.span(self.tokens.tokens[at].range.clone());
                let start = self.tokens.with_parentheses(base.tokens).start;
                let kind = ExprKind::Member {
                    base: Box::new(base.expr),
                    name: Spanned::new(property.2.to_string(), span),
                };
                Ok(self.node(kind, start..at + 1))
            }
            // A chain leans to the right: `a.(b.c)`.
            RhaiExpr::Dot(pair, ..) => {
                let base = self.member(base, &pair.lhs)?;
                self.member(base, &pair.rhs)
            }
            RhaiExpr::MethodCall(call, position) if call.name == "on" => {
                let at = self.token(*position)?;
                let next = self.tokens.tokens.get(at + 1).map(|lexeme| &lexeme.token);
                let end = match next {
                    Some(Token::Unit) => at + 1,
                    Some(Token::LeftParen) => self.closing(at + 1)?,
                    _ => return Err(self.refuse_tokens(at..at + 1)),
                };
                let arguments = self.all(&call.args)?;
                let span = self.text.span(self.tokens.tokens[at].range.clone());
                let start = self.tokens.with_parentheses(base.tokens).start;
                let kind = ExprKind::Method {
                    base: Box::new(base.expr),
                    name: Spanned::new(call.name.to_string(), span),
                    arguments,
                };
                Ok(self.node(kind, start..end + 1))
            }
            RhaiExpr::MethodCall(call, position) => {
                let at = self.token(*position)?;
                let value = &self.text.text[self.tokens.bytes(&base.tokens)];
                self.diagnostics.push(
                    Diagnostic::error(
                        codes::EXPRESSION_CONSTRUCT,
                        self.text.span(self.tokens.tokens[at].range.clone()),
                        format!("`{}` cannot be called after a point", call.name),
                    )
                    .help(format!("Write `{}({value}, …)`.", call.name)),
                );
                Err(Refused)
            }
            other => Err(self.refuse(other.position())),
        }
    }

    /// A block: the `if` that Rhai wraps in one, or the one expression between braces.
    fn block(&mut self, block: &StmtBlock) -> Lowered {
        let mut statements = block.iter();
        match (statements.next(), statements.next()) {
            (Some(Stmt::Expr(expr)), None) => self.expr(expr),
            (Some(Stmt::FnCall(call, position)), None) => self.call(call, *position),
            (Some(Stmt::If(flow, position)), None) => {
                let start = self.token(*position)?;
                let condition = self.expr(&flow.expr)?.expr;
                if flow.branch.is_empty() {
                    self.diagnostics.push(
                        Diagnostic::error(
                            codes::EXPRESSION_SYNTAX,
                            self.text.span(self.tokens.tokens[start].range.clone()),
                            "this `if` has no `else`",
                        )
                        .help("Say what the result is otherwise: `if a { b } else { c }`."),
                    );
                    return Err(Refused);
                }
                let then = self.block(&flow.body)?.expr;
                let otherwise = self.block(&flow.branch)?;
                // `else { … }` ends with its brace, `else if …` with that of the inner `if`.
                let outer = self.tokens.with_parentheses(otherwise.tokens);
                let brace = outer.start.saturating_sub(1);
                let end = match self.tokens.tokens[brace].token {
                    Token::LeftBrace => self.closing(brace)? + 1,
                    _ => outer.end,
                };
                let kind = ExprKind::If {
                    condition: Box::new(condition),
                    then: Box::new(then),
                    otherwise: Box::new(otherwise.expr),
                };
                Ok(self.node(kind, start..end))
            }
            _ => Err(self.refuse(block.position())),
        }
    }

    fn leaf(&mut self, position: Position, kind: ExprKind) -> Lowered {
        let at = self.token(position)?;
        Ok(self.node(kind, at..at + 1))
    }

    fn node(&self, kind: ExprKind, tokens: Range<usize>) -> Node {
        let span = self.text.span(self.tokens.bytes(&tokens));
        Node {
            expr: Expr { kind, span },
            tokens,
        }
    }

    /// The token at a position of Rhai's tree.
    fn token(&mut self, position: Position) -> Result<usize, Refused> {
        match self.tokens.at(position) {
            Some(index) => Ok(index),
            None => Err(self.refuse(position)),
        }
    }

    fn closing(&mut self, opening: usize) -> Result<usize, Refused> {
        match self.tokens.partners[opening] {
            Some(index) => Ok(index),
            None => Err(self.refuse_tokens(opening..opening + 1)),
        }
    }

    /// Reports a construct that passed Rhai's parser and has no place in a rule.
    fn refuse(&mut self, position: Position) -> Refused {
        let tokens = match self.tokens.at(position) {
            Some(index) => index..index + 1,
            None => 0..self.tokens.tokens.len(),
        };
        self.refuse_tokens(tokens)
    }

    fn refuse_tokens(&mut self, tokens: Range<usize>) -> Refused {
        let bytes = self.tokens.bytes(&tokens);
        let written = &self.text.text[bytes.clone()];
        let (message, help) = match self.tokens.tokens[tokens.start].token {
            Token::LeftBracket => (
                "rules do not take single records out of a list".to_owned(),
                "Ask of all records at once: `sum(…)`, `any(…)`, `all(…)`, `min(…)`, `max(…)`, `count(…)`.",
            ),
            Token::Unit => (
                "an empty `()` means nothing here".to_owned(),
                "Put an expression between the parentheses, or take them out; `today` has none.",
            ),
            _ => (
                format!("rules do not use what `{written}` means here"),
                "A rule is made of names, numbers, quoted texts, comparisons, arithmetic, `and`, `or`, `not(…)`, `in`, `??`, `if … { … } else { … }` and calls.",
            ),
        };
        self.diagnostics.push(
            Diagnostic::error(codes::EXPRESSION_CONSTRUCT, self.text.span(bytes), message)
                .help(help),
        );
        Refused
    }
}

const fn binary_op(token: &Token) -> Option<BinaryOp> {
    Some(match token {
        Token::Plus => BinaryOp::Add,
        Token::Minus => BinaryOp::Subtract,
        Token::Multiply => BinaryOp::Multiply,
        Token::Divide => BinaryOp::Divide,
        Token::EqualsTo => BinaryOp::Equal,
        Token::NotEqualsTo => BinaryOp::NotEqual,
        Token::LessThan => BinaryOp::Less,
        Token::LessThanEqualsTo => BinaryOp::AtMost,
        Token::GreaterThan => BinaryOp::Greater,
        Token::GreaterThanEqualsTo => BinaryOp::AtLeast,
        _ => return None,
    })
}
