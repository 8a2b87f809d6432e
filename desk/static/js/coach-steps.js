// <coach-steps>: the arrows and dragging move a step at once; without this the arrows send the form.
class CoachSteps extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.order = this.querySelector('input[name="order"]');
    this.addEventListener("click", (event) => this.press(event));
    this.addEventListener("change", (event) => this.mark(event));
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("dragend", () => this.drop());
    this.steps().forEach((step) => this.handle(step));
  }

  steps() {
    return [...this.list.children];
  }

  handle(step) {
    const grip = step.querySelector(".plan-step__number");
    grip.draggable = true;
    grip.addEventListener("dragstart", (event) => {
      this.held = step;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setDragImage(step, 20, 20);
      step.classList.add("plan-step--held");
    });
  }

  press(event) {
    const button = event.target.closest('button[name="do"]');
    if (!button) {
      return;
    }
    event.preventDefault();
    const step = button.closest("li");
    const isUp = button.value.startsWith("up:");
    const other = isUp ? step.previousElementSibling : step.nextElementSibling;
    if (other) {
      other[isUp ? "before" : "after"](step);
      this.settle();
      (button.disabled ? step.querySelector('button[name="do"]:not(:disabled)') : button).focus();
      document.getElementById("announcer").textContent = isUp ? this.dataset.up : this.dataset.down;
    }
  }

  mark(event) {
    if (event.target.type === "checkbox") {
      const step = event.target.closest("li");
      step.classList.toggle("plan-step--off", Boolean(step.querySelector(":checked")));
      this.settle();
    }
  }

  over(event) {
    const step = event.target.closest("li[data-key]");
    if (!this.held || !step || step === this.held) {
      return;
    }
    event.preventDefault();
    const { top, height } = step.getBoundingClientRect();
    step[event.clientY < top + height / 2 ? "before" : "after"](this.held);
  }

  drop() {
    this.held?.classList.remove("plan-step--held");
    this.held = null;
    this.settle();
  }

  settle() {
    const steps = this.steps();
    this.order.value = steps.map((step) => step.dataset.key).join(" ");
    let number = 0;
    steps.forEach((step, place) => {
      const isOff = step.classList.contains("plan-step--off");
      number += isOff ? 0 : 1;
      step.querySelector(".plan-step__number").textContent = isOff ? "–" : number;
      const [up, down] = step.querySelectorAll('button[name="do"]');
      up.disabled = place === 0;
      down.disabled = place === steps.length - 1;
    });
  }
}
customElements.define("coach-steps", CoachSteps);
