import { type Form, todayOf } from "counterfoil";
import { useForm } from "counterfoil/react";
import { useState } from "react";

import { Question } from "./Question.js";
import type { Answers, Day, Path } from "./street-party.js";

/** A day of the form's own makes previews of other days possible: `?as-of=2026-06-01`. */
function dayOf(form: Form): string {
  return new URLSearchParams(location.search).get("as-of") ?? todayOf(form.timezone);
}

/** The whole form on one page. */
export function Party({ form }: { form: Form }) {
  const { answers, report, words, set, explain } = useForm<Answers, Path>(form, { asOf: dayOf(form) });
  const [isExplained, setExplained] = useState(false);
  const message = (path: Path) => words.errors.find((error) => error.path === path)?.message;
  const streets = answers.streets ?? [];
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <h1>{words.title}</h1>
      <Question label="When is the party?" error={message("event_date")}>
        <input
          type="date"
          value={answers.event_date ?? ""}
          onChange={({ target }) => set("event_date", (target.value as Day) || undefined)}
        />
      </Question>
      <Question label="Who organises it?" error={message("organiser")}>
        <select
          value={answers.organiser ?? ""}
          onChange={({ target }) => set("organiser", target.value || undefined)}
        >
          <option value="" />
          <option value="neighbours">Neighbours</option>
          <option value="charity">A charity, school or club</option>
        </select>
      </Question>
      <Question label="Food will be sold" error={message("sells_food")}>
        <input
          type="checkbox"
          checked={answers.sells_food ?? false}
          onChange={({ target }) => set("sells_food", target.checked)}
        />
      </Question>
      {answers.sells_food && (
        <Question label="How many stalls?" error={message("stalls")}>
          <input
            type="number"
            value={answers.stalls ?? ""}
            onChange={({ target }) => set("stalls", target.value === "" ? undefined : target.valueAsNumber)}
          />
        </Question>
      )}
      {streets.map(({ name, metres }, index) => (
        <fieldset key={index}>
          <legend>Street {index + 1}</legend>
          <Question label="Name" error={message(`streets[${index}].name`)}>
            <input
              value={name ?? ""}
              onChange={({ target }) => set(`streets[${index}].name`, target.value || undefined)}
            />
          </Question>
          <Question label="Metres to close" error={message(`streets[${index}].metres`)}>
            <input
              inputMode="decimal"
              value={metres ?? ""}
              onChange={({ target }) => set(`streets[${index}].metres`, target.value || undefined)}
            />
          </Question>
        </fieldset>
      ))}
      <button type="button" onClick={() => set("streets", [...streets, {}])}>
        Add a street
      </button>
      <section aria-live="polite">
        <p data-status={report.status}>
          {report.status === "complete" ? "All is answered." : `${report.missing.length} answers are missing.`}
        </p>
        {words.decisions.map(({ decision, title, verdict_text }) => (
          <p key={decision}>
            {title}: {verdict_text}
          </p>
        ))}
        {words.fees?.total && <p data-total="">Fee: {words.fees.total}</p>}
      </section>
      <button type="button" aria-expanded={isExplained} onClick={() => setExplained(!isExplained)}>
        How is the fee worked out?
      </button>
      {isExplained && <pre>{explain("fees.total")}</pre>}
    </form>
  );
}
