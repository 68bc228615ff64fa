//! `build`, `schema` and `types`: what is made of a sound form.

mod common;

use common::Fixture;
use snapbox::{assert_data_eq, str};

#[test]
fn build_writes_the_plan_under_its_name() {
    let fixture = Fixture::new();
    let json = fixture.json(["build", "allotment", "--format", "json"]);
    assert_eq!(json["file"], "allotment.plan.json");
    let plan = counterfoil_engine::Plan::from_json(&fixture.read("allotment.plan.json")).unwrap();
    assert_eq!(json["plan"], plan.id());

    fixture
        .run(["build", "allotment", "-o", "other.json"])
        .assert()
        .success();
    assert_eq!(
        fixture.read("other.json"),
        fixture.read("allotment.plan.json")
    );
    let printed = fixture.stdout(["build", "allotment", "-o", "-"]);
    assert_eq!(printed, fixture.read("other.json"));
}

#[test]
fn build_leaves_the_old_plan_where_the_form_is_broken() {
    let fixture = Fixture::new();
    fixture.run(["build", "allotment"]).assert().success();
    let before = fixture.read("allotment.plan.json");
    fixture.edit(
        "allotment/form.yaml",
        "require: resident",
        "require: residnt",
    );
    fixture
        .run(["build", "allotment"])
        .assert()
        .code(1)
        .stdout_eq("");
    assert_eq!(fixture.read("allotment.plan.json"), before);
    fixture
        .run(["build", "allotment", "-o", "no/such/folder.json"])
        .assert()
        .code(1);
}

#[test]
fn schema_is_the_same_from_form_and_plan() {
    let fixture = Fixture::new();
    fixture.run(["build", "allotment"]).assert().success();
    let schema = fixture.stdout(["schema", "allotment"]);
    assert_eq!(schema, fixture.stdout(["schema", "allotment.plan.json"]));
    assert_data_eq!(
        schema,
        str![[r##"
{
  "$defs": {
    "blank": {
      "enum": [
        null,
        "",
        []
      ]
    }
  },
  "$id": "urn:counterfoil:answers:[..]",
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "additionalProperties": false,
  "allOf": [
    {
      "else": {
        "properties": {
          "plot_number": {
            "$ref": "#/$defs/blank"
          }
        }
      },
      "if": {
        "properties": {
          "has_plot": {
            "const": true
          }
        },
        "required": [
          "has_plot"
        ]
      }
    },
    {
      "if": {
        "properties": {
          "has_plot": {
            "const": true
          }
        },
        "required": [
          "has_plot"
        ]
      },
      "then": {
        "properties": {
          "plot_number": {
            "not": {
              "$ref": "#/$defs/blank"
            }
          }
        },
        "required": [
          "plot_number"
        ]
      }
    }
  ],
  "description": "Use this form to apply for a plot in the community garden.",
  "properties": {
    "birth_date": {
      "$comment": "Not before 1900-01-01.",
      "format": "date",
      "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
      "title": "When were you born?",
      "type": "string"
    },
    "full_name": {
      "maxLength": 80,
      "minLength": 1,
      "title": "What is your full name?",
      "type": "string"
    },
    "has_plot": {
      "title": "Do you rent a plot already?",
      "type": "boolean"
    },
    "plot_number": {
      "anyOf": [
        {
          "maximum": 400,
          "minimum": 1,
          "type": "integer"
        },
        {
          "$ref": "#/$defs/blank"
        }
      ],
      "title": "What is its number?"
    },
    "plot_size": {
      "oneOf": [
        {
          "const": "small",
          "title": "Small (50 square metres)"
        },
        {
          "const": "medium",
          "title": "Medium (100 square metres)"
        },
        {
          "const": "large",
          "title": "Large (200 square metres)"
        }
      ],
      "title": "Which size of plot would you like?"
    },
    "resident": {
      "title": "Do you live in the parish?",
      "type": "boolean"
    },
    "wants_water": {
      "title": "Would you like a water tap?",
      "type": "boolean"
    }
  },
  "required": [
    "full_name",
    "birth_date",
    "resident",
    "plot_size",
    "wants_water",
    "has_plot"
  ],
  "title": "Allotment",
  "type": "object"
}

"##]]
    );
    fixture
        .run(["schema", "allotment", "--locale", "cy"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
counterfoil: the form has no texts in `cy`
  it has en

"#]]);
}

#[test]
fn types_are_the_same_from_form_and_plan_and_go_where_they_are_told() {
    let fixture = Fixture::new();
    fixture.run(["build", "allotment"]).assert().success();
    let types = fixture.stdout(["types", "allotment"]);
    assert_eq!(types, fixture.stdout(["types", "allotment.plan.json"]));
    fixture
        .run(["types", "allotment", "--output", "allotment.ts"])
        .assert()
        .success()
        .stdout_eq("");
    assert_eq!(types, fixture.read("allotment.ts"));
    assert_data_eq!(
        types,
        str![[r#"
// Types of the form allotment, written by `counterfoil types` from the plan
// [..].

/** A civil day, such as `2026-01-31`. */
export type Day = `${number}-${number}-${number}`;
/** A number that may have a fraction. As a text it keeps every digit; reports have the text. */
export type Decimal = number | `${number}`;
/** A length of time, such as `P14M` or `P10D`. */
export type Duration = `P${string}`;
/** The days from a start to an end, both included. */
export type DateRange = { readonly start: Day; readonly end: Day };

/** A record of each group. */
export type Records = Record<string, never>;

/** Allotment */
export type Answers = {
  /** What is your full name? */
  readonly full_name?: string | null;
  /** When were you born? */
  readonly birth_date?: Day | null;
  /** Do you live in the parish? */
  readonly resident?: boolean | null;
  /** Which size of plot would you like? */
  readonly plot_size?: "small" | "medium" | "large" | null;
  /** Would you like a water tap? */
  readonly wants_water?: boolean | null;
  /** Do you rent a plot already? */
  readonly has_plot?: boolean | null;
  /** What is its number? */
  readonly plot_number?: number | null;
};

/** What only the office knows. */
export type Facts = Record<string, never>;

/** Values that reports have; one that is not determined yet is left out. */
export type Values = Record<string, never>;

/** Where answers stand, as reports name the places. */
export type Path =
  | "full_name"
  | "birth_date"
  | "resident"
  | "plot_size"
  | "wants_water"
  | "has_plot"
  | "plot_number";

/** The rules of each decision, by their ids. */
export type Rules = {
  /** Plot */
  readonly tenancy: "old_enough" | "lives_here";
};

/** The decisions. */
export type DecisionId = keyof Rules;

/** The fee lines. */
export type FeeId =
  /** Rent for a year */
  | "rent"
  /** Water */
  | "water"
  /** Reduction for a second plot */
  | "second_plot";

/** The entitlement lines. */
export type EntitlementId = never;

"#]]
    );
    fixture
        .run(["types", "allotment", "--locale", "cy"])
        .assert()
        .code(2);
}
