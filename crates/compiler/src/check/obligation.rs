//! What the checker leaves to be proved once the plan is there.

use counterfoil_engine::plan::Expr;

use super::{Checker, Lines, Reads, Typed, lowering::Lowering};
use crate::{definition::Line, proofs::walk, source::Span};

/// What is to be proved of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obligation {
    /// An operand of `and` or `or` makes a difference, those before it leaving the result open.
    Operand,
    /// The condition of an `if` can go either way.
    Branch,
    /// A divisor is never zero.
    Divisor,
    /// A date that is moved stays within the calendar.
    Moved,
    /// Nothing: it is a call, and what is to be proved of the function's body is proved there.
    Called,
    /// Some look-up reaches each row of the table.
    LookedUp,
}

/// An expression of which something is to be proved, where it stands.
#[derive(Clone, Debug)]
pub struct Open {
    /// What is to be proved.
    pub obligation: Obligation,
    /// Where it was written.
    pub span: Span,
    /// The expression; it names no `subtotal`.
    pub expr: Expr,
    /// What holds where it stands.
    pub assumed: Vec<Expr>,
    /// Position of the group whose record it reads, at hand or one after another.
    pub group: Option<usize>,
    /// What else it stands in.
    pub within: Within,
}

/// What an expression stands in that no case of the whole form gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// The function whose arguments and named results it may read.
    pub function: Option<String>,
    /// The table whose row it reads.
    pub table: Option<String>,
}

impl Lowering<'_, '_> {
    /// Leaves something to be proved of an expression where the walk is. Of what stands in a function or
    /// reads the row of a table only what can fail is left: a condition need not go both ways for each call.
    pub(super) fn leave(&mut self, obligation: Obligation, typed: &Typed) {
        let within = Within {
            function: self.function.clone(),
            table: match typed.reads {
                Reads::Rows { look_up, .. } => Some(self.table_of(look_up).to_owned()),
                Reads::Form | Reads::Record | Reads::Each(_) => None,
            },
        };
        let condition = matches!(obligation, Obligation::Operand | Obligation::Branch);
        if condition && within != Within::default() {
            return;
        }
        let lines = self.site.lines;
        let assumed = self.assumptions_for(typed.reads);
        let checker = &*self.checker;
        let group = match typed.reads {
            Reads::Form | Reads::Rows { record: false, .. } => None,
            Reads::Record | Reads::Rows { record: true, .. } => self.site.group,
            Reads::Each(group) => Some(group),
        };
        let spelled = |expr: Expr| spelled(checker, lines, expr);
        let open = Open {
            obligation,
            span: typed.span,
            expr: spelled(typed.expr.clone()),
            assumed: assumed.into_iter().map(spelled).collect(),
            group,
            within,
        };
        self.open.push(open);
    }
}

/// The expression with `subtotal` written out.
fn spelled(checker: &Checker<'_>, lines: Lines, expr: Expr) -> Expr {
    let ids = |lines: &'_ [Line], above: usize| -> Vec<String> {
        let above = lines.iter().take(above);
        above.map(|line| line.line.value.clone()).collect()
    };
    let form = checker.form;
    let (fees, entitlements) = match lines {
        Lines::None | Lines::All => return expr,
        Lines::Fees(above) => (ids(&form.fees, above), Vec::new()),
        Lines::Entitlements(above) => (Vec::new(), ids(&form.entitlements, above)),
    };
    let fees: Vec<&str> = fees.iter().map(String::as_str).collect();
    let entitlements: Vec<&str> = entitlements.iter().map(String::as_str).collect();
    walk::without_subtotal(expr, &fees, &entitlements)
}
