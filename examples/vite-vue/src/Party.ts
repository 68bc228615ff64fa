import { type Form, todayOf } from "counterfoil";
import { useForm } from "counterfoil/vue";
import { type PropType, defineComponent, h, markRaw, ref } from "vue";

import { question } from "./question.js";
import type { Answers, Day, Path } from "./street-party.js";

/** A day of the form's own makes previews of other days possible: `?as-of=2026-06-01`. */
function dayOf(form: Form): string {
  return new URLSearchParams(location.search).get("as-of") ?? todayOf(form.timezone);
}

const typed = (event: Event): string => (event.target as HTMLInputElement).value;

/** The whole form on one page. */
export const Party = defineComponent({
  props: { form: { type: Object as PropType<Form>, required: true } },
  setup(props) {
    const form = markRaw(props.form);
    const { answers, report, words, set, explain } = useForm<Answers, Path>(form, { asOf: dayOf(form) });
    const isExplained = ref(false);
    const message = (path: Path) => words.value.errors.find((error) => error.path === path)?.message;

    const street = (index: number, { name, metres }: NonNullable<Answers["streets"]>[number]) =>
      h("fieldset", { key: index }, [
        h("legend", `Street ${index + 1}`),
        question(`name-${index}`, "Name", message(`streets[${index}].name`), "input", {
          value: name ?? "",
          onInput: (event: Event) => set(`streets[${index}].name`, typed(event) || undefined),
        }),
        question(`metres-${index}`, "Metres to close", message(`streets[${index}].metres`), "input", {
          inputmode: "decimal",
          value: metres ?? "",
          onInput: (event: Event) => set(`streets[${index}].metres`, typed(event) || undefined),
        }),
      ]);

    const result = () => {
      const { decisions, fees } = words.value;
      const { status, missing } = report.value;
      const state = status === "complete" ? "All is answered." : `${missing.length} answers are missing.`;
      return h("section", { "aria-live": "polite" }, [
        h("p", { "data-status": status }, state),
        decisions.map(({ decision, title, verdict_text }) => h("p", { key: decision }, `${title}: ${verdict_text}`)),
        fees?.total ? h("p", { "data-total": "" }, `Fee: ${fees.total}`) : null,
      ]);
    };

    return () => {
      const given = answers.value;
      const streets = given.streets ?? [];
      return h("form", { onSubmit: (event: Event) => event.preventDefault() }, [
        h("h1", words.value.title),
        question("event_date", "When is the party?", message("event_date"), "input", {
          type: "date",
          value: given.event_date ?? "",
          onInput: (event: Event) => set("event_date", (typed(event) as Day) || undefined),
        }),
        question(
          "organiser",
          "Who organises it?",
          message("organiser"),
          [
            "select",
            [
              h("option", { value: "" }),
              h("option", { value: "neighbours" }, "Neighbours"),
              h("option", { value: "charity" }, "A charity, school or club"),
            ],
          ],
          {
            value: given.organiser ?? "",
            onChange: (event: Event) => set("organiser", typed(event) || undefined),
          },
        ),
        question("sells_food", "Food will be sold", message("sells_food"), "input", {
          type: "checkbox",
          checked: given.sells_food ?? false,
          onChange: (event: Event) => set("sells_food", (event.target as HTMLInputElement).checked),
        }),
        given.sells_food
          ? question("stalls", "How many stalls?", message("stalls"), "input", {
              type: "number",
              value: given.stalls ?? "",
              onInput: (event: Event) =>
                set("stalls", typed(event) === "" ? undefined : (event.target as HTMLInputElement).valueAsNumber),
            })
          : null,
        streets.map((record, index) => street(index, record)),
        h("button", { type: "button", onClick: () => set("streets", [...streets, {}]) }, "Add a street"),
        result(),
        h(
          "button",
          {
            type: "button",
            "aria-expanded": isExplained.value,
            onClick: () => {
              isExplained.value = !isExplained.value;
            },
          },
          "How is the fee worked out?",
        ),
        isExplained.value ? h("pre", explain("fees.total")) : null,
      ]);
    };
  },
});
