#include "core/chart/render/html.hpp"

#include "core/chart/render/svg.hpp"
#include "core/chart/summary.hpp"

namespace loupe::chart {
namespace {

constexpr const char* kStyle = R"(
body { margin: 8px; font: 12px sans-serif; }
figure { margin: 0; }
#tooltip { position: fixed; top: 0; left: 0; max-width: 40em; padding: 4px 8px;
  border: 1px solid #888; border-radius: 3px; background: #fff; color: #222;
  pointer-events: none; white-space: pre-line; overflow-wrap: anywhere; }
#tooltip[hidden] { display: none; }
)";

// Moving a finger shows tooltips too; leaving the picture or a scroll hides them.
constexpr const char* kScript = R"(
(function () {
  "use strict";
  var picture = document.querySelector("svg.marks");
  var tooltip = document.getElementById("tooltip");
  function textOf(node) {
    for (; node instanceof Element && node !== picture; node = node.parentNode) {
      if (node.hasAttribute("data-tooltip")) return node.getAttribute("data-tooltip");
      if (node.tagName !== "g" && node.hasAttribute("aria-label")) {
        return node.getAttribute("aria-label");
      }
    }
    return "";
  }
  function hide() { tooltip.hidden = true; }
  function show(event) {
    var text = textOf(event.target);
    if (text === "") return hide();
    tooltip.textContent = text;
    tooltip.hidden = false;
    var left = Math.min(event.clientX + 12, window.innerWidth - tooltip.offsetWidth - 4);
    var below = event.clientY + 12;
    var fits = below + tooltip.offsetHeight + 4 <= window.innerHeight;
    var top = fits ? below : event.clientY - tooltip.offsetHeight - 12;
    tooltip.style.left = Math.max(0, left) + "px";
    tooltip.style.top = Math.max(0, top) + "px";
  }
  picture.addEventListener("pointerdown", show);
  picture.addEventListener("pointermove", show);
  picture.addEventListener("pointerleave", hide);
  window.addEventListener("scroll", hide, { passive: true });
})();
)";

// SHA-256 of the two above in base64, as a Content-Security-Policy wants them.
constexpr const char* kStyleHash = "LtgyIkrg6L/UqvTqnSXleCHqobfJut0zNCWBVd3eSbU=";
constexpr const char* kScriptHash = "glXfu9VOYtfMdhK6OK+wQpS0IS4hOE0OQGe8b2YjH78=";

std::string Escaped(std::string_view text) {
  std::string escaped;
  AppendMarkupText(text, &escaped);
  return escaped;
}

}  // namespace

std::string RenderHtml(const Scene& scene, const TextMeasure& measure, const Context& context) {
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  page +=
      std::string("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ") +
      "style-src 'sha256-" + kStyleHash + "'; script-src 'sha256-" + kScriptHash +
      "'; base-uri 'none'; form-action 'none'\">\n";
  page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  page += "<title>" + Escaped(scene.title.empty() ? "Chart" : scene.title) + "</title>\n";
  page += std::string("<style>") + kStyle + "</style>\n</head>\n<body>\n";
  page +=
      "<figure role=\"graphics-document\" aria-roledescription=\"visualization\" aria-label=\"" +
      Escaped(Summarize(scene, context)) + "\">\n";
  page += RenderSvg(scene, measure, SvgTooltips::kData);
  page += "\n</figure>\n<div id=\"tooltip\" role=\"tooltip\" hidden></div>\n";
  page += std::string("<script>") + kScript + "</script>\n</body>\n</html>\n";
  return page;
}

}  // namespace loupe::chart
