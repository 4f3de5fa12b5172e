// Training, live: the loss as it falls, beside what the spectrum of the data predicts.

import { Chart, ends } from "/chart.js";
import { listen } from "/server.js";
import { command, count, field, make, number } from "/parts.js";

const NOTCHES = 1000; // of the slider
const [LEAST, MOST] = [1e-3, 2]; // rates, beside the stable limit

function steps(some) {
  return some < 1e9 ? `${count(Math.ceil(some))} ${some <= 1 ? "step" : "steps"}` : `${number(some, 2)} steps`;
}

export class TrainingView {
  constructor(element, { tell }) {
    Object.assign(this, { element, tell });
  }

  show(fit) {
    this.stop?.abort();
    Object.assign(this, { stop: null, whole: fit.training, isStandardized: false, steps: 1000 });
    this.#choose();
  }

  /** Takes the units that training is to see. */
  #choose() {
    this.stop?.abort();
    this.plan = this.whole && {
      ...this.whole,
      ...(this.isStandardized ? this.whole.standardized : this.whole.plain),
    };
    Object.assign(this, { trained: [], ended: null, rate: this.plan?.bestRate });
    this.draw();
  }

  /** The loss after so many steps, from the eigenvalues alone: exact for full batches. */
  predicted(step) {
    const { eigenvalues, lengths, leastLoss } = this.plan;
    return (
      leastLoss +
      eigenvalues.reduce(
        (sum, value, i) => sum + 0.5 * value * lengths[i] ** 2 * Math.abs(1 - this.rate * value) ** (2 * step),
        0,
      )
    );
  }

  draw() {
    if (!this.plan?.eigenvalues.length || !Number.isFinite(this.plan.stableRate)) {
      this.element.replaceChildren(
        make("h1", {}, "Training"),
        make("p", { class: "muted" }, "There is nothing to train here."),
      );
      return;
    }
    this.figure = make("figure", {});
    this.after = make("div", { class: "card", "aria-live": "polite" });
    this.element.replaceChildren(
      make("h1", {}, "Training"),
      make(
        "p",
        { class: "lead" },
        "Gradient descent from a random start, with full batches. " +
          "The spectrum of the data predicts how it will go.",
      ),
      this.#controls(),
      this.figure,
      this.after,
    );
    this.redraw();
  }

  #controls() {
    const { stableRate, bestRate } = this.plan;
    const place = rate => Math.round((NOTCHES * Math.log(rate / stableRate / LEAST)) / Math.log(MOST / LEAST));
    const slider = make("input", {
      type: "range",
      min: 0,
      max: NOTCHES,
      value: place(this.rate),
      id: "rate",
      "aria-label": "learning rate",
      list: "rates",
      oninput: () => this.setRate(stableRate * LEAST * (MOST / LEAST) ** (slider.value / NOTCHES)),
    });
    const typed = make("input", {
      type: "number",
      step: "any",
      min: 0,
      class: "rate",
      id: "rate-typed",
      onchange: () => typed.value > 0 && this.setRate(Number(typed.value)),
    });
    Object.assign(this, { slider, typed, place });
    const most = make("input", {
      type: "number",
      min: 1,
      max: 1e7,
      step: 1,
      value: this.steps,
      id: "steps",
      onchange: () => {
        this.steps = Math.min(1e7, Math.max(1, Math.round(most.value)));
        this.setRate(this.rate);
      },
    });
    this.button = make(
      "button",
      { type: "button", class: "main", onclick: () => (this.stop ? this.stop.abort() : this.train()) },
      "Train",
    );
    const jump = (text, rate) =>
      make("button", { type: "button", class: "pill", onclick: () => this.setRate(rate) }, text);
    const mark = make("span", { class: "mark" }, "stable below ", make("b", {}, number(stableRate, 4)));
    mark.style.left = `${(100 * place(stableRate)) / NOTCHES}%`;
    return make(
      "div",
      { class: "training" },
      make("div", { class: "slider" }, slider, mark),
      make(
        "label",
        { class: "check" },
        make("input", {
          type: "checkbox",
          checked: this.isStandardized,
          onchange: event => {
            this.isStandardized = event.target.checked;
            this.#choose();
          },
        }),
        "standardize the inputs first: other units, other spectrum, the same W and b",
      ),
      make(
        "div",
        { class: "controls" },
        field("Learning rate", typed),
        field("Steps", most),
        this.button,
        jump(`best: ${number(bestRate, 4)}`, bestRate),
        jump("a tenth of it", bestRate / 10),
        jump("just unstable", stableRate * 1.02),
      ),
    );
  }

  setRate(rate) {
    this.stop?.abort();
    Object.assign(this, { rate, trained: [], ended: null });
    this.redraw();
  }

  redraw() {
    this.slider.value = this.place(this.rate);
    this.typed.value = Number(this.rate.toPrecision(6));
    this.slider.classList.toggle("unstable", this.rate >= this.plan.stableRate);
    const places = [0];
    for (let step = 1; step < this.steps; step = Math.max(step + 1, Math.ceil(step * 1.04))) {
      places.push(step);
    }
    places.push(this.steps);
    const curve = places.map(step => [step + 1, this.predicted(step)]);
    const { leastLoss, startLoss } = this.plan;
    const floor = leastLoss > 1e-12 * startLoss ? leastLoss : 1e-16 * startLoss;
    const [from, to] = ends(
      [floor, startLoss, ...curve.map(([, loss]) => Math.min(Math.max(loss, floor), startLoss * 1e6))],
      true,
    );
    this.chart = new Chart({
      title: "loss by step: predicted by the spectrum, and as trained",
      x: { from: 1, to: this.steps + 1, name: "step", isLog: true },
      y: { from, to, name: this.plan.loss.replace("^2", "²"), isLog: true },
    });
    if (leastLoss >= floor) {
      this.chart.level("guide", leastLoss, "the best fit");
    }
    this.chart.line("predicted", curve);
    this.line = this.chart.line("trained", this.trained);
    this.figure.replaceChildren(
      this.chart.element,
      make(
        "figcaption",
        {},
        make("span", { class: "key predicted" }, "predicted by the spectrum"),
        make("span", { class: "key trained" }, "trained"),
        this.#verdict(),
      ),
    );
    this.after.replaceChildren(...this.#ending());
  }

  #verdict() {
    const { eigenvalues, stableRate } = this.plan;
    const lost = Math.min(
      ...eigenvalues.map(value => (this.rate * value < 1 ? this.rate * value : 2 - this.rate * value)),
    );
    const text =
      this.rate >= stableRate
        ? "At this rate training diverges."
        : lost >= 1
          ? "At this rate one step arrives."
          : `Along the slowest direction a step takes ${number(100 * lost, 3)} % off the error: ` +
            `half of it in ${steps(Math.log(0.5) / Math.log1p(-lost))}.`;
    return make("p", {}, text);
  }

  async train() {
    const stop = new AbortController();
    Object.assign(this, { stop, trained: [[1, this.plan.startLoss]], ended: null });
    this.redraw();
    this.button.textContent = "Stop";
    let isNew = false;
    const frame = () => {
      if (isNew) {
        this.chart.line("trained", this.trained, this.line);
        isNew = false;
      }
      if (this.stop === stop) {
        requestAnimationFrame(frame);
      }
    };
    requestAnimationFrame(frame);
    try {
      await listen(
        "/api/train",
        { rate: this.rate, steps: this.steps, isStandardized: this.isStandardized },
        {
          step: ({ step, loss }) => {
            if (loss !== null && this.stop === stop) {
              this.trained.push([step + 1, loss]);
              isNew = true;
            }
          },
          end: end => {
            if (this.stop === stop) {
              this.ended = end;
            }
          },
        },
        stop.signal,
      );
    } catch (error) {
      if (error.name !== "AbortError") {
        this.tell(error.message);
      }
    }
    if (this.stop === stop) {
      this.stop = null;
      this.button.textContent = "Train";
      this.redraw();
    }
  }

  #ending() {
    const end = this.ended;
    if (!end) {
      return [make("p", { class: "muted" }, "Train, to see whether it goes as predicted.")];
    }
    const predicted = this.predicted(end.steps);
    return [
      make("h2", {}, end.diverged ? `Diverged after ${count(end.steps)} steps` : `After ${count(end.steps)} steps`),
      make(
        "p",
        {},
        end.diverged
          ? "The loss grows without end: the rate is above the stable limit."
          : `Loss ${number(end.loss, 6)}; predicted ${number(predicted, 6)}; ` +
              `the best fit has ${number(this.plan.leastLoss, 6)}. ` +
              `W and b are ${number(end.distance, 3)} from where training goes.`,
      ),
      command(end.command),
    ];
  }
}
