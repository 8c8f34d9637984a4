// The dialog that asks for a document: why, in which form; then the file.

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

class Documents {
  constructor(root, send) {
    this.dialog = root.querySelector(".fc-dialog");
    this.form = this.dialog.querySelector("form");
    this.working = this.dialog.querySelector(".fc-working");
    this.send = send;
    root.addEventListener("click", (event) => {
      if (event.target.closest("[data-document]")) this.open();
      if (event.target.closest("[data-document-close]")) this.dialog.close();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
  }

  open() {
    this.working.textContent = "";
    this.dialog.showModal();
  }

  ask() {
    const asked = new FormData(this.form);
    this.working.textContent = "Le document se prépare…";
    this.send({ do: "document", format: asked.get("format"), purpose: asked.get("purpose") });
  }

  // The page says what went wrong, behind the dialog.
  failed() {
    this.dialog.close();
  }

  received({ file, name, type }) {
    const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
    download(new Blob([bytes], { type }), name);
    this.working.textContent = "";
    this.dialog.close();
  }
}
