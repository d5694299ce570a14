// Called last, when every other file has been read.

async function startSamples() {
  const section = byId("samples");
  if (!section) return;
  const say = text => { byId("listed").textContent = text; };
  const beside = section.dataset.beside ?? null;
  if (beside !== null && location.protocol === "file:") {
    say("The samples are in files beside this page, which a browser reads from a server alone: bridle view shows them.");
    return;
  }
  if (!("DecompressionStream" in window)) {
    say("This browser cannot unpack the samples; any from 2023 on can.");
    return;
  }
  try {
    const store = await new Store(beside).open();
    section.classList.add("ready");
    new Samples(section, store);
    performance.mark("samples-ready"); // benchmarks/page.py reads when
  } catch (error) {
    say(`The samples could not be read: ${error.message}`);
  }
}

startPrint();
startSamples();
