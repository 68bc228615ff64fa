import { fetchForm } from "counterfoil";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { Party } from "./Party.js";

const root = createRoot(document.getElementById("app")!);
try {
  const form = await fetchForm("street-party.plan.json");
  root.render(
    <StrictMode>
      <Party form={form} />
    </StrictMode>,
  );
} catch {
  root.render(<p>The form cannot be shown on this device. Call 0300 000 0000.</p>);
}
