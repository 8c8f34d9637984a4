// The person picker: a combobox whose list is a query, by keyboard or by pointer (ARIA combobox with listbox popup).

class PersonPicker {
  constructor(root, ask, store) {
    this.input = root.querySelector(".fc-search");
    this.list = root.querySelector(".fc-results");
    this.button = root.querySelector(".fc-recents");
    this.ask = ask;
    this.turn = 0;
    this.active = -1;
    this.people = [];
    this.store = store;
    this.bind(root);
  }

  bind(root) {
    let waiting;
    this.input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.search(), 80);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.button.addEventListener("click", () => {
      if (!this.list.hidden && this.title === "recents") return this.close();
      this.input.focus();
      this.recents();
    });
    root.addEventListener("focusout", (event) => {
      if (!root.querySelector(".fc-picker").contains(event.relatedTarget)) this.close();
    });
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option][data-index]");
      if (option) this.choose(Number(option.dataset.index));
    });
  }

  search() {
    const text = this.input.value.trim();
    this.title = "search";
    if (!text) return this.close();
    this.ask({ do: "search", text, turn: ++this.turn });
  }

  recents() {
    this.title = "recents";
    this.ask({ do: "recents", people: remembered(this.store), turn: ++this.turn });
  }

  results(message) {
    if (message.turn !== this.turn) return;
    this.people = message.people;
    this.list.replaceChildren(...(this.people.length ? this.people.map((p, i) => this.option(p, i)) : [this.nothing()]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(this.people.length ? 0 : -1);
  }

  option(person, index) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.id = `${this.list.id}-${index}`;
    item.dataset.index = index;
    const number = document.createElement("strong");
    number.textContent = person.person_id;
    const rest = document.createElement("span");
    rest.textContent = person.words;
    item.append(number, " ", rest);
    return item;
  }

  nothing() {
    const item = document.createElement("li");
    item.className = "fc-nothing";
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.textContent = this.title === "recents" ? "Personne n’a encore été consulté." : "Personne ne correspond.";
    return item;
  }

  key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      if (this.list.hidden) return this.input.value.trim() ? this.search() : this.recents();
      const count = this.people.length;
      if (count) this.activate((this.active + moves[event.key] + count) % count);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      this.close();
    }
  }

  activate(index) {
    this.active = index;
    for (const option of this.list.children) option.setAttribute("aria-selected", String(Number(option.dataset.index) === index));
    const current = this.list.children[index];
    if (index >= 0 && current) {
      this.input.setAttribute("aria-activedescendant", current.id);
      current.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  choose(index) {
    const person = this.people[index];
    if (!person) return;
    this.close();
    this.input.value = "";
    this.ask({ do: "choose", person: person.person_key, asked: performance.now() });
  }

  // Nobody's name stays behind a screen that somebody else looks at.
  forget() {
    this.close();
    this.input.value = "";
    this.people = [];
    this.list.replaceChildren();
  }

  close() {
    this.turn++;
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

const RECENTS = "frise-recents";

// Kept by the browser for this tab only: row numbers of this very load, which say nothing without the store.
function remembered(store) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(RECENTS) || "{}");
    return kept.store === store ? kept.people : [];
  } catch {
    return [];
  }
}

function remember(store, person) {
  const people = [person, ...remembered(store).filter((other) => other !== person)].slice(0, 10);
  try {
    sessionStorage.setItem(RECENTS, JSON.stringify({ store, people }));
  } catch {
    /* a browser that keeps nothing loses the list at reload, nothing more */
  }
}
