// What runs inside the measured pages. Playwright hands these functions over as text, so each stands by itself.

/** Puts what both kinds of page need into `globalThis.drive`, before anything of the page has run. */
export function prepare(kind) {
  const isSurvey = kind === "survey";
  const question = (name) =>
    document.querySelector(isSurvey ? `[data-name="${name}"]` : `[data-path="${name}"]`);
  const isShown = (name) => question(name)?.checkVisibility() === true;
  const control = (name, value) => {
    const chosen = question(name)?.querySelector(`input[type=radio][value="${value}"]`);
    return chosen ?? question(name)?.querySelector("input");
  };
  /** Lets timers, frames and tasks go by that an event has left behind. */
  const quiet = async () => {
    for (let frame = 0; frame < 2; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
  };
  /** Gives an answer as a person would, by the events that this sets off. */
  const give = (target, value) => {
    if (target.type === "radio") {
      target.click();
      return;
    }
    target.value = value;
    target.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
    // SurveyJS follows what is typed at this event, Counterfoil at the one before.
    target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: "1", keyCode: 49 }));
  };
  /** Milliseconds from the event to the last change of the page that it has brought. */
  const measure = async (name, value) => {
    const target = control(name, value);
    if (!target) throw new Error(`the page asks no ${name}`);
    target.focus();
    await quiet();
    let end = 0;
    const observer = new MutationObserver(() => (end = performance.now()));
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const start = performance.now();
    give(target, value);
    end = performance.now();
    await quiet();
    observer.disconnect();
    return end - start;
  };

  /** Milliseconds from the start of the navigation until a first answer has brought up what hangs on it. */
  const firstAnswer = new Promise((resolve) => {
    const attempt = () => {
      if (isShown("b1_people")) {
        resolve(performance.now());
        return;
      }
      const start = document.querySelector("counterfoil-form a.govuk-button");
      const target = control("b1_used", "true");
      if (target) {
        target.checked = false;
        target.click();
      } else {
        start?.click();
      }
      setTimeout(attempt);
    };
    if (new URL(location.href).searchParams.has("filled")) return;
    setTimeout(attempt);
  });
  globalThis.drive = { isShown, measure, firstAnswer };
}

/** Goes through the steps, `[name, value]`, `rounds` times; milliseconds of each event, step by step. */
export async function events({ steps, rounds }) {
  const times = steps.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, [name, values]] of steps.entries()) {
      times[index].push(await globalThis.drive.measure(name, values[round % values.length]));
    }
  }
  return times;
}

/** Milliseconds of a change of one answer in a session, without a page: of batches, each divided by its size. */
export async function counterfoilAlone({ answers, day, steps, batches, size }) {
  const { Session, fetchForm } = await import("/counterfoil/counterfoil-form.js");
  const form = await fetchForm("plan.json");
  const session = new Session(form, answers, { as_of: day });
  const change = (name, value) => {
    session.set(name, value);
    session.changed();
  };
  const times = [];
  let count = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const start = performance.now();
    for (let one = 0; one < size; one += 1, count += 1) {
      const [name, values] = steps[count % steps.length];
      change(name, values[Math.floor(count / steps.length) % values.length]);
    }
    times.push((performance.now() - start) / size);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}

/** The same of a model of SurveyJS that nothing draws. */
export async function surveyAlone({ steps, batches, size }) {
  const model = globalThis.newModel();
  const times = [];
  let count = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const start = performance.now();
    for (let one = 0; one < size; one += 1, count += 1) {
      const [name, values] = steps[count % steps.length];
      model.setValue(name, values[Math.floor(count / steps.length) % values.length]);
    }
    times.push((performance.now() - start) / size);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}
