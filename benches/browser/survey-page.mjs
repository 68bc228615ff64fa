// The page that SurveyJS draws, as a web developer would write it: the total and the verdict stand beside the
// questions and follow them. Bundled with the library by `sites.mjs`.

import { Model } from "survey-core";
import "survey-js-ui";

const settings = JSON.parse(document.querySelector("#survey-settings").textContent);
const survey = new Model(settings.form);
if (settings.answers) survey.data = settings.answers;

const total = document.querySelector("#total");
const licence = document.querySelector("#licence");
const tell = () => {
  total.textContent = survey.getVariable("total") ?? "Not known yet";
  licence.textContent = survey.getVariable("licence") ? "You can have it" : "You cannot have it";
};
survey.onVariableChanged.add(tell);
tell();
survey.render(document.querySelector("#survey"));

/** For what is measured without a page: a model of the same form that nothing draws. */
globalThis.newModel = () => {
  const model = new Model(settings.form);
  model.data = settings.answers;
  return model;
};
