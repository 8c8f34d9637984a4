// Keeps the messages of the page's socket with the moment of their arrival, and changes the person of the parcours screen.
(() => {
  const frames = [];
  const Native = globalThis.WebSocket;
  globalThis.WebSocket = class extends Native {
    constructor(...words) {
      super(...words);
      this.addEventListener("message", (event) => frames.push([performance.now(), event.data]));
    }
  };

  const decode = ([arrived, frame]) => {
    if (typeof frame === "string") return { arrived, ...JSON.parse(frame) };
    const view = new DataView(frame);
    const [start, end] = [view.getInt32(4), view.getInt32(0) > 1 ? view.getInt32(8) : frame.byteLength];
    return { arrived, ...JSON.parse(new TextDecoder().decode(frame.slice(start, end))) };
  };

  // The kernel and the browser read the same clock.
  const sent = (message) => Date.parse(message.header.date) - performance.timeOrigin;

  const split = (began, ended) => {
    const messages = frames.map(decode);
    const busy = messages.find((each) => each.msg_type === "status" && each.content.execution_state === "busy");
    const answer = messages.find((each) => each.msg_type === "comm_msg" && each.content.data?.state?.view);
    const [heard, said, arrived] = [sent(busy), sent(answer), answer.arrived];
    return { whole: ended - began, in: heard - began, kernel: said - heard, out: arrived - said, drawing: ended - arrived };
  };

  globalThis.benchChange = async (key) => {
    const root = document.querySelector(".fc-root");
    const before = root.dataset.painted;
    frames.length = 0;
    const began = performance.now();
    root.friseScreen.channel.send({ do: "choose", person: key });
    const ended = await bench.painted(() => root.dataset.painted !== before);
    return split(began, ended);
  };
})();
