//! The report's shape for the OpenAPI document. The types are never built: the engine writes the
//! report itself, and a test holds this description against one.

use utoipa::ToSchema;

/// The report of one evaluation: codes and ids, no prose. Equal inputs give equal bytes.
#[derive(ToSchema)]
pub struct Report {
    /// The form's id.
    pub form: String,
    /// The plan's id.
    pub plan: String,
    /// What the results mean.
    pub semantics: u32,
    /// The civil day of evaluation.
    #[schema(format = Date)]
    pub as_of: String,
    /// `invalid` outranks `incomplete`.
    #[schema(pattern = "^(complete|incomplete|invalid)$")]
    pub status: String,
    /// What is wrong, in field order.
    pub errors: Vec<ReportError>,
    /// Paths of required questions without an answer.
    pub missing: Vec<String>,
    /// Paths of answers that were given but are not asked.
    pub ignored: Vec<String>,
    /// The answers that count, normalised: decimals and money are strings.
    #[schema(value_type = Object)]
    pub answers: (),
    /// Computed values.
    #[schema(value_type = Object)]
    pub values: (),
    /// Verdicts.
    pub decisions: Vec<Decision>,
    /// What is to be paid; absent where the form has no fees.
    pub fees: Option<Account>,
    /// What is to be received; absent where the form has no entitlements.
    pub entitlements: Option<Account>,
}

/// Something wrong at a path.
#[derive(ToSchema)]
pub struct ReportError {
    /// Where, such as `streets[0].metres`.
    pub path: String,
    /// A stable code such as `type` or `range`.
    pub code: String,
    /// What a message needs.
    #[schema(value_type = Object)]
    pub params: (),
}

/// A decision's verdict.
#[derive(ToSchema)]
pub struct Decision {
    /// The decision's id.
    pub decision: String,
    /// Its verdict.
    #[schema(pattern = "^(eligible|ineligible|undetermined)$")]
    pub verdict: String,
    /// The rules that apply.
    pub rules: Vec<RuleResult>,
    /// Paths of the questions that would decide it.
    pub needs: Vec<String>,
}

/// Whether a rule holds.
#[derive(ToSchema)]
pub struct RuleResult {
    /// The rule's id.
    pub rule: String,
    /// `null` while undecided.
    #[schema(required)]
    pub holds: Option<bool>,
    /// What the rule's message needs.
    #[schema(value_type = Option<Object>)]
    pub params: (),
}

/// Fee or entitlement lines with their total.
#[derive(ToSchema)]
pub struct Account {
    /// ISO 4217 code.
    pub currency: String,
    /// The lines that apply.
    pub lines: Vec<Line>,
    /// `null` until every line is determined and every decision it hangs on is eligible.
    #[schema(required)]
    pub total: Option<String>,
}

/// A fee or entitlement line.
#[derive(ToSchema)]
pub struct Line {
    /// The line's id.
    pub id: String,
    /// `null` while undetermined.
    #[schema(required)]
    pub amount: Option<String>,
}
