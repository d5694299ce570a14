// Downloads of charts: the inline drawing with its title and in fixed colours, as SVG or PNG; its Vega-Lite.
(() => {
  "use strict";
  // the light values, whatever the reader's scheme: a figure looks the same wherever it goes
  const colours = document.getElementById("chart-colours");
  if (!colours) return; // a page without charts
  const COLOURS = JSON.parse(colours.textContent);

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const whole = (figure) => {
    const svg = figure.querySelector("svg").cloneNode(true);
    svg.setAttribute("viewBox", svg.dataset.full);
    const [, , width, height] = svg.dataset.full.split(" ");
    svg.setAttribute("width", width);
    svg.setAttribute("height", height);
    svg.removeAttribute("data-full");
    for (const link of svg.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    let text = new XMLSerializer().serializeToString(svg);
    for (const [variable, colour] of COLOURS) text = text.replaceAll(variable, colour);
    return { text, width: Number(width), height: Number(height) };
  };

  const png = (figure, name) => {
    const { text, width, height } = whole(figure);
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * width;
      canvas.height = 2 * height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, name), "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  };

  for (const figure of document.querySelectorAll("figure.chart")) {
    const bar = figure.querySelector(".downloads");
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const as = event.target.dataset.as;
      const name = `${figure.dataset.key}.${as}`;
      if (as === "svg") save(new Blob([whole(figure).text], { type: "image/svg+xml" }), name);
      if (as === "png") png(figure, name);
      if (as === "vl.json") {
        const spec = JSON.parse(figure.querySelector("script.vega-lite").textContent);
        save(new Blob([JSON.stringify(spec, null, 1)], { type: "application/json" }), name);
      }
    });
  }
})();
