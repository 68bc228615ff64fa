import { fetchForm } from "counterfoil";
import { createApp } from "vue";

import { Party } from "./Party.js";

try {
  const form = await fetchForm("street-party.plan.json");
  createApp(Party, { form }).mount("#app");
} catch {
  document.getElementById("app")!.textContent = "The form cannot be shown on this device. Call 0300 000 0000.";
}
