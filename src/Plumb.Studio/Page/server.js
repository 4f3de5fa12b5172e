// Questions to the server that this page came from. The token stands behind # in the address, and goes nowhere else.

const KEY = "plumb-token";

function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(KEY, given); // of this tab, so that the page can be loaded again
    history.replaceState(null, "", location.pathname);
  }
  return given ?? sessionStorage.getItem(KEY) ?? "";
}

const token = takeToken();

async function post(path, body, kind, signal) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": kind, "Plumb-Token": token },
    body,
    signal,
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
  if (!answer.ok) {
    const text = await answer.text();
    let message = text;
    try {
      message = JSON.parse(text).error;
    } catch {
      /* a plain sentence */
    }
    throw new Error(message || `the server answered ${answer.status}.`);
  }
  return answer;
}

/** Asks a question; gives the answer's members. */
export async function ask(path, question = {}, signal = undefined) {
  return (await post(path, JSON.stringify(question), "application/json", signal)).json();
}

/** Hands in a file; gives what it holds. */
export async function upload(file) {
  return (await post(`/api/upload?name=${encodeURIComponent(file.name)}`, file, "application/octet-stream")).json();
}

/** Asks a question that is answered by events; each is handed to its handler by name. */
export async function listen(path, question, handlers, signal) {
  const answer = await post(path, JSON.stringify(question), "application/json", signal);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const name = /^event: (.*)$/m.exec(event)?.[1];
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (name && data) {
        handlers[name]?.(JSON.parse(data));
      }
    }
  }
}
