/**
 * What leaves the page: sending, what the device keeps, and opening without a network. It is loaded once the
 * first page stands, and has no part in drawing or evaluating.
 */

import { CounterfoilError } from "./errors.js";
import { givenUp, keyOf, settled, unsettled } from "./device/key.js";
import { Drafts, removeExpired } from "./device/drafts.js";
import { keepPage, renew } from "./device/offline.js";
import { BESIDE, type Day, type Say, button, paragraph, part, wordsOf } from "./device/parts.js";
import { forget, keep, kept } from "./kept.js";
import { recordOf } from "./device/record.js";
import type { Stage } from "./device/stage.js";
import {
  CHANNEL,
  TAG,
  type Waiting,
  alone,
  answered,
  deliver,
  drop,
  dropExpired,
  post,
  untilOf,
  wait,
  waiting,
} from "./device/waiting.js";

export { renew };
export type { Stage };

/** Where the browser has no background synchronisation, pages that are open send by themselves. */
interface WithSync {
  readonly sync?: { register(tag: string): Promise<void> };
}

/** The device's part in one element. */
export class Device {
  readonly #stage: Stage;
  readonly #say: Say;
  readonly #day: Day;
  readonly #drafts: Drafts;
  /** Where the tab keeps the confirmation for as long as it is shown. */
  readonly #sent: string;
  readonly #channel = new BroadcastChannel(CHANNEL);
  /** The submission that waits, as far as this page knows. */
  #waiting: Waiting | undefined;
  /** Whether the page that says so stands in place of the form's pages. */
  #showsWaiting = false;
  #notice: Element | undefined;
  /** Where the record lies that the confirmation leads to. */
  #record: string | undefined;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#sent = `${stage.key}:sent`;
    const words = wordsOf(stage.plan, stage.pages.locale);
    this.#say = words.say;
    this.#day = words.day;
    this.#drafts = new Drafts(stage, words);
    this.#channel.onmessage = ({ data }: MessageEvent<string>) => {
      if (data !== stage.key) return;
      void this.#guard(async () => {
        const submission = await waiting(data);
        await (submission ? this.#answered(submission) : this.#gone());
      });
    };
    addEventListener("online", this.#online);
  }

  /** Finds what the device has kept, and keeps the page itself. */
  async begin(): Promise<void> {
    await this.#guard(async () => {
      removeExpired();
      const sent = kept(this.#sent);
      // A reload of the confirmation shows it again.
      if (sent !== null && (this.#stage.pages.typed === "[]" || kept(this.#stage.key) === null)) {
        const submission = JSON.parse(sent) as Waiting;
        await this.#confirm(submission, submission.answer?.body ?? "");
      } else {
        this.drawn(null);
      }
      if (this.#stage.workerUrl === null) return;
      await dropExpired();
      await this.#find();
      await keepPage(this.#stage);
    });
  }

  destroy(): void {
    removeEventListener("online", this.#online);
    this.#channel.close();
    this.#release();
  }

  /** Called after every page that the engine has drawn, with its address. */
  drawn(address: string | null): void {
    this.#showsWaiting = false;
    if (address?.endsWith("/confirmation")) return;
    this.#drafts.draw();
    this.#draw();
  }

  /** Called before a page goes. */
  leaving(): void {
    if (this.#record !== undefined) forget(this.#sent);
    this.#release();
  }

  /** Called where answers have changed. */
  typed(): void {
    this.#drafts.keep();
  }

  /** Forgets what stands for the answers that are being forgotten. */
  forget(): void {
    this.#drafts.erase();
    settled(this.#stage.key);
    forget(this.#sent);
  }

  /**
   * Sends what the page submits, once, and shows what the office answers. Where no answer comes, the
   * submission waits on the device, if the form may be used without a network; otherwise fails with a
   * `NetworkError`.
   */
  async send(url: string, body: string): Promise<void> {
    const { asOf, form, key, pages, plan, workerUrl } = this.#stage;
    const { report_sha256: shownSha256 } = JSON.parse(body) as { report_sha256?: string };
    const submission: Waiting = {
      id: key,
      url: new URL(url, document.baseURI).href,
      body,
      idempotencyKey: keyOf(shownSha256 ?? "", body.length, key),
      shownSha256,
      answers: pages.answers,
      asOf,
      plan,
      planId: form.planId,
      typed: pages.typed,
      locale: pages.locale,
      wasKept: this.#drafts.isKept,
      until: untilOf(plan),
    };
    let answer;
    try {
      answer = await alone(key, () => post(submission.url, body, submission.idempotencyKey));
    } catch (error) {
      if (!(error instanceof TypeError) || workerUrl === null) {
        throw new CounterfoilError("NetworkError", "the submission could not be sent", error);
      }
      // What another tab has waiting stays; these answers stay on their pages.
      const isOther = await alone(key, async () => {
        const before = await waiting(key);
        if (before && !before.answer && before.idempotencyKey !== submission.idempotencyKey) return true;
        await wait(submission);
        return false;
      });
      if (isOther) {
        throw new CounterfoilError("NetworkError", "another submission of this form is waiting", error);
      }
      this.#stage.forget();
      this.#waiting = submission;
      this.#putWaiting(submission);
      await this.#askForSync();
      return;
    }
    await this.#show(answered(submission, answer));
  }

  readonly #online = (): void => void this.#deliver();

  /** Shows what waits, or what has been answered while no page was open; then tries to send it. */
  async #find(): Promise<void> {
    const found = await waiting(this.#stage.key);
    if (!found) return this.#gone();
    this.#waiting = found;
    if (this.#waiting.answer) return this.#answered(this.#waiting);
    if (this.#stage.pages.typed === "[]") this.#putWaiting(this.#waiting);
    else this.#draw();
    void this.#deliver();
  }

  /** Tries to send what waits. Where that fails it goes on waiting, and the page goes on saying so. */
  async #deliver(): Promise<void> {
    if (!this.#waiting || this.#stage.destroyed()) return;
    let submission;
    try {
      submission = await deliver(this.#stage.key);
    } catch {
      await this.#askForSync();
      return;
    }
    const found = submission;
    await this.#guard(() => (found ? this.#answered(found) : this.#gone()));
  }

  /** What was waiting has been erased, here or elsewhere, or its time is over: the page says so no more. */
  async #gone(): Promise<void> {
    // The reference of what was sent stays.
    if (!this.#waiting || this.#waiting.answer?.taken) return;
    const { destroyed, pages, show } = this.#stage;
    this.#waiting = undefined;
    if (destroyed()) return;
    if (this.#showsWaiting) show(pages.draw("#"), "replace");
    else this.#draw();
    await dropExpired();
  }

  async #askForSync(): Promise<void> {
    try {
      const registration = await navigator.serviceWorker.getRegistration();
      await (registration as (ServiceWorkerRegistration & WithSync) | undefined)?.sync?.register(TAG);
    } catch {
      // It is sent when a page is open.
    }
  }

  /** Shows the answer to what was waiting, unless other answers are being given on this page. */
  async #answered(submission: Waiting): Promise<void> {
    if (!this.#waiting) return;
    this.#waiting = submission;
    if (this.#stage.destroyed()) return;
    if (!this.#showsWaiting && this.#stage.pages.typed !== "[]") {
      this.#draw();
      return;
    }
    this.#waiting = undefined;
    if (!submission.answer?.taken) this.#restore(submission);
    await this.#show(submission);
    await drop(submission.id);
  }

  /** Shows the confirmation, or why the office has not taken the submission. */
  async #show(submission: Waiting): Promise<void> {
    const { body, taken } = submission.answer ?? { body: "", taken: false };
    if (taken) {
      await this.#confirm(submission, body);
      this.#stage.forget();
      keep(this.#sent, JSON.stringify(submission));
    } else if (!this.#stage.destroyed()) {
      this.#stage.show(this.#stage.pages.refusal(body), "stay");
    }
  }

  async #confirm(submission: Waiting, body: string): Promise<void> {
    const { engine, form, pages, show } = this.#stage;
    const record = await recordOf(submission);
    if (this.#stage.destroyed()) return;
    const url = URL.createObjectURL(new Blob([record], { type: "application/json" }));
    const { reference, report } = readAnswer(body);
    const asOf = report.as_of;
    // The confirmation speaks of the plan that the submission was made under.
    const isSame = form.planId === submission.planId;
    const under = isSame ? form : new engine.Form(submission.plan);
    const of = isSame ? pages : new engine.Pages(under, pages.locale, asOf);
    // What has waited until another day is held against what this device works out for that day.
    const own =
      asOf === submission.asOf
        ? submission.shownSha256
        : engine.reportSha256(under.evaluate(submission.answers, JSON.stringify({ as_of: asOf })));
    show(of.confirmation(body, own, url), "replace");
    this.#record = url;
    const link = this.#stage.element.querySelector<HTMLAnchorElement>(`a[href="${url}"]`);
    link?.setAttribute("download", `${form.form}-${reference}.json`);
    if (isSame) return;
    of.free();
    under.free();
  }

  /** Puts the page that says what waits in place of the form's pages. */
  #putWaiting(submission: Waiting): void {
    this.#notice?.remove();
    const heading = part("h1", "govuk-heading-l", this.#say("ui.waiting.title"));
    const page = part(
      "div",
      "govuk-grid-row",
      part("div", "govuk-grid-column-two-thirds", heading, ...this.#parts(true, submission)),
    );
    page.dataset["waiting"] = "";
    this.#stage.put(page);
    this.#showsWaiting = true;
  }

  /** Says under a page what waits, or that it was sent, where other answers are being given. */
  #draw(): void {
    this.#notice?.remove();
    if (!this.#waiting) return;
    const { answer } = this.#waiting;
    const say = this.#say;
    const heading = (key: string) => part("h2", "govuk-heading-m", say(key));
    const contents = answer?.taken
      ? [
          heading("ui.confirmation.title"),
          paragraph(`${say("ui.confirmation.reference")}: ${readAnswer(answer.body).reference}`),
        ]
      : answer
        ? [
            heading("ui.waiting.refused"),
            paragraph(say("ui.waiting.refused.text")),
            button(say("ui.waiting.refused.erase"), () => this.#takeBack(false)),
          ]
        : [heading("ui.waiting.title"), ...this.#parts(false, this.#waiting)];
    this.#notice = part("section", BESIDE, ...contents);
    this.#notice.setAttribute("role", "status");
    this.#stage.element.append(this.#notice);
  }

  /** What is said of a submission that waits, and what can be done about it. */
  #parts(canChange: boolean, { until }: Waiting): HTMLElement[] {
    const say = this.#say;
    return [
      paragraph(say("ui.waiting.text")),
      paragraph(say("ui.waiting.read", { date: this.#day(until) })),
      part(
        "div",
        "govuk-button-group",
        button(say("ui.waiting.send"), () => this.#deliver(), true),
        ...(canChange ? [button(say("ui.waiting.change"), () => this.#takeBack(true))] : []),
        button(say("ui.waiting.erase"), () => this.#takeBack(false)),
      ),
    ];
  }

  /** Takes the submission back, unless it is just being sent: to be changed, or to be forgotten. */
  #takeBack(isToChange: boolean): Promise<void> {
    const { key, pages, show } = this.#stage;
    return this.#guard(async () => {
      const submission = await alone(key, async () => {
        const found = await waiting(key);
        if (found?.answer?.taken) return undefined;
        await drop(key);
        return found;
      });
      // Another page has taken it back, or the office has answered in the meantime.
      if (!submission) return this.#find();
      this.#channel.postMessage(key);
      if (isToChange) {
        this.#waiting = undefined;
        this.#restore(submission);
        show(pages.draw("#/check-answers"), "replace");
      } else {
        givenUp(submission.idempotencyKey, key);
        await this.#gone();
      }
    });
  }

  /** Brings back what was typed, as it was kept before. */
  #restore({ locale, typed, wasKept, idempotencyKey, shownSha256, body }: Waiting): void {
    this.#stage.pages.restore(locale, typed);
    this.#stage.keep();
    unsettled(idempotencyKey, shownSha256 ?? "", body.length, this.#stage.key);
    if (wasKept) this.#drafts.begin();
  }

  #release(): void {
    if (this.#record !== undefined) URL.revokeObjectURL(this.#record);
    this.#record = undefined;
  }

  #guard(act: () => Promise<void>): Promise<void> {
    return act().catch((error: unknown) => this.#stage.failed(error));
  }
}

/** What the office says of a submission that it has taken. */
function readAnswer(body: string): { reference: string; report: { as_of: string } } {
  return JSON.parse(body) as ReturnType<typeof readAnswer>;
}
