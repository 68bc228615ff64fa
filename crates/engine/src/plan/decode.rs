//! Reading the parts of a published plan; the names here are those that it is written with.

use super::{
    AggregateOp, Argument, Cell, Check, Choice, CompareOp, Currency, Decision, Expr, Fact, Field,
    FieldType, Format, Formats, Function, Group, HitPolicy, IfIneligible, Line, Literal, Local,
    Manifest, Page, PageContent, Param, Parameter, Pattern, Period, PluralRule, Presentation,
    Privacy, Purpose, Requirement, Retention, RetentionUnit, RoundMode, Row, Rule, Rules, RulesOf,
    Table, TableColumn, TextFunction, TextStatus, Texts, Type, Value, weekend,
};
use crate::{
    date::{DurationUnit, LeapBirthday},
    json::{Decode, Decoded, Json, Object, record, variants},
};

record!(Manifest { required form, required parts, required plan_version, required semantics });

record!(Texts { required locale, required status, required formats, required texts });

variants!(TextStatus { "draft" => Draft (), "reviewed" => Reviewed () });

record!(Formats {
    required direction,
    required decimal,
    required group,
    required money,
    required date,
    required months,
    required list,
    optional plurals,
});
record!(PluralRule { required form, required modulo, required from, required to });

impl Decode for Rules {
    fn decode(json: &Json<'_>) -> Decoded<Self> {
        let mut object = Object::of(json)?;
        let rules = Self {
            form: object.required("form")?,
            semantics: object.required("semantics")?,
            currency: object.optional("currency")?,
            timezone: object.required("timezone")?,
            effective: object.required("effective")?,
            rules_of: object.optional("rules_of")?,
            leap_birthday: object.optional("leap_birthday")?,
            weekend: object
                .optional::<Option<_>>("weekend")?
                .unwrap_or_else(weekend),
            languages: object.required("languages")?,
            privacy: object.optional("privacy")?,
            pages: object.required("pages")?,
            facts: object.optional("facts")?,
            parameters: object.optional("parameters")?,
            tables: object.optional("tables")?,
            functions: object.optional("functions")?,
            patterns: object.optional("patterns")?,
            values: object.optional("values")?,
            checks: object.optional("checks")?,
            decisions: object.optional("decisions")?,
            fees: object.optional("fees")?,
            entitlements: object.optional("entitlements")?,
        };
        object.end()?;
        Ok(rules)
    }
}

record!(Currency { required code, required digits });
record!(Period { optional from, optional to });
variants!(RulesOf { "submission_day" => SubmissionDay (), "field" => Field (_) });
variants!(LeapBirthday { "1_march" => FirstOfMarch (), "28_february" => LastOfFebruary () });

record!(Privacy { required purposes });
record!(Purpose { required purpose, required retention });
record!(Retention { required number, required unit });
variants!(RetentionUnit {
    "days" => Days (),
    "weeks" => Weeks (),
    "months" => Months (),
    "years" => Years (),
});

record!(Page { required page, optional section, optional when, required content });
variants!(PageContent { "fields" => Fields (_), "group" => Group (_) });
record!(Group {
    required group,
    optional when,
    optional required,
    required min,
    required max,
    required fields,
    optional values,
});
record!(Field {
    required field,
    required type_ as "type",
    optional when,
    optional required,
    optional presentation,
});
variants!(Requirement { "always" => Always (), "never" => Never (), "when" => When (_) });
record!(Presentation {
    optional autocomplete,
    optional multiline,
    optional file,
    optional fixed,
    optional part_of,
    optional purposes,
});
variants!(FieldType {
    "boolean" => Boolean { optional accepted },
    "integer" => Integer { required min, required max },
    "decimal" => Decimal { required scale, required min, required max },
    "money" => Money { required min, required max },
    "text" => Text {
        required min_length,
        required max_length,
        optional pattern,
        optional format
    },
    "date" => Date { optional min, optional max },
    "duration" => Duration { required unit, required min, required max },
    "date_range" => DateRange { optional min, optional max },
    "choice" => Choice { required options },
    "set" => Set { required options },
});
record!(Format { required format, required pattern });
record!(Choice { required option, optional when });
record!(Pattern { required source, required classes, required next, required accept });
record!(Fact { required fact, required type_ as "type" });

variants!(Type {
    "boolean" => Boolean (),
    "integer" => Integer (),
    "decimal" => Decimal (),
    "money" => Money (),
    "text" => Text (),
    "date" => Date (),
    "duration" => Duration { optional unit },
    "date_range" => DateRange (),
    "choice" => Choice { required labels },
    "set" => Set { required labels },
});
variants!(DurationUnit {
    "days" => Days (),
    "weeks" => Weeks (),
    "months" => Months (),
    "years" => Years (),
});

record!(Parameter { required parameter, required type_ as "type", required periods });
record!(Function {
    required function,
    required arguments,
    required type_ as "type",
    required expr,
});
record!(Argument { required argument, required type_ as "type" });
record!(Table { required table, required hit, required inputs, required outputs, required rows });
variants!(HitPolicy {
    "unique" => Unique (),
    "first" => First (),
    "marginal" => Marginal (),
    "collect" => Collect (),
});
record!(TableColumn { required name, required type_ as "type" });
record!(Row { required when, required then });
variants!(Cell {
    "blank" => Blank (),
    "equal" => Equal (_),
    "range" => Range { optional from, optional after, optional to, optional before },
});

record!(Value { required value, required type_ as "type", required expr });
record!(Param { required name, required type_ as "type", required expr });
record!(Check { required check, required at, optional when, required require, optional params });
record!(Decision { required decision, optional if_ineligible, optional hides_changes, required rules });
variants!(IfIneligible { "may_apply" => MayApply (), "stop" => Stop () });
record!(Rule { required rule, optional when, required require, optional params });
record!(Line {
    required line,
    optional when,
    required amount,
    optional omit_zero,
    optional decisions,
});

variants!(Literal {
    "boolean" => Boolean (_),
    "number" => Number (_),
    "text" => Text (_),
    "date" => Date (_),
});
record!(Local { required local, required expr });
variants!(CompareOp {
    "equal" => Equal (),
    "not_equal" => NotEqual (),
    "less" => Less (),
    "at_most" => AtMost (),
    "greater" => Greater (),
    "at_least" => AtLeast (),
});
variants!(RoundMode {
    "half_up" => HalfUp (),
    "half_even" => HalfEven (),
    "up" => Up (),
    "down" => Down (),
});
variants!(AggregateOp {
    "sum" => Sum (),
    "min" => Min (),
    "max" => Max (),
    "count" => Count (),
    "any" => Any (),
    "all" => All (),
});
variants!(TextFunction {
    "mod97" => Mod97 (),
    "luhn" => Luhn (),
    "mod11_10" => Mod11_10 (),
    "weighted_sum" => WeightedSum (),
    "digits" => Digits (),
    "characters" => Characters (),
    "length" => Length (),
    "starts_with" => StartsWith (),
    "upper" => Upper (),
});

variants!(Expr {
    "literal" => Literal (_),
    "blank" => Blank (),
    "field" => Field (_),
    "value" => Value (_),
    "parameter" => Parameter (_),
    "parameter_on" => ParameterOn { required parameter, required day },
    "accrue" => Accrue { required parameter, required range },
    "fact" => Fact (_),
    "today" => Today (),
    "fee" => Fee (_),
    "fee_subtotal" => FeeSubtotal (),
    "entitlement" => Entitlement (_),
    "entitlement_subtotal" => EntitlementSubtotal (),
    "rule" => Rule { required decision, required rule },
    "not" => Not (_),
    "and" => And (_),
    "or" => Or (_),
    "if" => If { required condition, required then, required otherwise },
    "compare" => Compare { required op, required left, required right },
    "one_of" => OneOf { required item, required list },
    "contains" => Contains { required set, required item },
    "default" => Default (_, _),
    "answered" => Answered (_),
    "negate" => Negate (_),
    "add" => Add (_),
    "subtract" => Subtract (_, _),
    "multiply" => Multiply (_),
    "divide" => Divide (_, _),
    "remainder" => Remainder (_, _),
    "absolute" => Absolute (_),
    "min" => Min (_),
    "max" => Max (_),
    "round" => Round { required mode, required value, required step },
    "aggregate" => Aggregate { required op, required group, required each },
    "count" => Count (_),
    "table" => Table { required table, required inputs, required output },
    "over_rows" => OverRows { required op, required table, required inputs, required each },
    "column" => Column (_),
    "collect" => Collect { required table, required inputs, required output },
    "call" => Call { required function, required arguments },
    "local" => Local (_),
    "let" => Let { required locals, required result },
    "days_between" => DaysBetween (_, _),
    "add_days" => AddDays (_, _),
    "add_months" => AddMonths (_, _),
    "add_years" => AddYears (_, _),
    "age_on" => AgeOn (_, _),
    "months_between" => MonthsBetween (_, _),
    "year_of" => YearOf (_),
    "month_of" => MonthOf (_),
    "day_of" => DayOf (_),
    "weekday" => Weekday (_),
    "date" => Date (_),
    "start_of_month" => StartOfMonth (_),
    "end_of_month" => EndOfMonth (_),
    "duration" => Duration { required unit, required count },
    "move" => Move (_, _),
    "range" => Range (_, _),
    "range_start" => RangeStart (_),
    "range_end" => RangeEnd (_),
    "in_range" => InRange { required item, required range },
    "overlap" => Overlap (_, _),
    "days_in" => DaysIn (_),
    "day_count" => DayCount (_),
    "weekday_count" => WeekdayCount { required weekday, required ranges },
    "is_working_day" => IsWorkingDay { required date, required holidays },
    "add_working_days" => AddWorkingDays { required date, required days, required holidays },
    "working_days_between" => WorkingDaysBetween { required from, required to, required holidays },
    "text" => Text { required function, required operands },
    "each" => Each { required group, required each },
});
