#include "core/chart/parse/property.hpp"

#include "core/base/nearest.hpp"

namespace loupe::chart {
namespace {

constexpr JsonTypes kN = kNumberType;
constexpr JsonTypes kS = kStringType;
constexpr JsonTypes kB = kBoolType;
constexpr JsonTypes kO = kObjectType;
constexpr JsonTypes kA = kArrayType;
constexpr JsonTypes kZ = kNullType;
constexpr JsonTypes kAny = 63;
constexpr Support kYes = Support::kDrawn;
constexpr Support kSkip = Support::kIgnored;
constexpr Support kLater = Support::kNotDrawn;

constexpr Property kTopLevel[] = {{"$schema", kAny, kSkip},
                                  {"align", kS | kO, kYes},
                                  {"autosize", kS | kO, kYes},
                                  {"background", kS | kZ, kYes},
                                  {"bounds", kS, kYes},
                                  {"center", kB | kO, kYes},
                                  {"columns", kN, kYes},
                                  {"concat", kA, kYes},
                                  {"config", kO, kYes},
                                  {"data", kO | kZ, kYes},
                                  {"datasets", kO, kYes},
                                  {"description", kS, kYes},
                                  {"encoding", kO, kYes},
                                  {"facet", kO, kYes},
                                  {"hconcat", kA, kYes},
                                  {"height", kN | kO | kS, kYes},
                                  {"layer", kA, kYes},
                                  {"mark", kS | kO, kYes},
                                  {"name", kS, kSkip},
                                  {"padding", kN | kO, kYes},
                                  {"params", kA, kYes},
                                  {"projection", kO, kLater},
                                  {"repeat", kA | kO, kYes},
                                  {"resolve", kO, kYes},
                                  {"spacing", kN | kO, kYes},
                                  {"spec", kO, kYes},
                                  {"title", kS | kA | kO | kZ, kYes},
                                  {"transform", kA, kYes},
                                  {"usermeta", kAny, kSkip},
                                  {"vconcat", kA, kYes},
                                  {"view", kO, kYes},
                                  {"width", kN | kO | kS, kYes}};

constexpr Property kMark[] = {{"type", kS, kYes},
                              {"align", kS, kYes},
                              {"angle", kN, kYes},
                              {"aria", kB, kYes},
                              {"ariaRole", kS, kSkip},
                              {"ariaRoleDescription", kS, kYes},
                              {"aspect", kB, kSkip},
                              {"bandSize", kN, kYes},
                              {"baseline", kS, kYes},
                              {"binSpacing", kN, kYes},
                              {"blend", kS, kLater},
                              {"clip", kB, kYes},
                              {"color", kS | kO, kYes},
                              {"continuousBandSize", kN, kYes},
                              {"cornerRadius", kN, kYes},
                              {"cornerRadiusBottomLeft", kN, kYes},
                              {"cornerRadiusBottomRight", kN, kYes},
                              {"cornerRadiusEnd", kN, kYes},
                              {"cornerRadiusTopLeft", kN, kYes},
                              {"cornerRadiusTopRight", kN, kYes},
                              {"cursor", kS, kSkip},
                              {"description", kS, kYes},
                              {"dir", kS, kSkip},
                              {"discreteBandSize", kN | kO, kYes},
                              {"dx", kN, kYes},
                              {"dy", kN, kYes},
                              {"ellipsis", kS, kSkip},
                              {"fill", kS | kO | kZ, kYes},
                              {"fillOpacity", kN, kYes},
                              {"filled", kB, kYes},
                              {"font", kS, kYes},
                              {"fontSize", kN, kYes},
                              {"fontStyle", kS, kYes},
                              {"fontWeight", kS | kN, kYes},
                              {"height", kN | kO, kYes},
                              {"href", kS, kSkip},
                              {"innerRadius", kN, kYes},
                              {"interpolate", kS, kYes},
                              {"invalid", kS | kZ, kYes},
                              {"limit", kN, kYes},
                              {"line", kB | kO, kYes},
                              {"lineBreak", kS, kYes},
                              {"lineHeight", kN, kYes},
                              {"minBandSize", kN, kYes},
                              {"opacity", kN, kYes},
                              {"order", kN | kB | kZ, kSkip},
                              {"orient", kS, kYes},
                              {"outerRadius", kN, kYes},
                              {"padAngle", kN, kYes},
                              {"point", kB | kS | kO, kYes},
                              {"radius", kN, kYes},
                              {"radius2", kN, kYes},
                              {"radius2Offset", kN, kYes},
                              {"radiusOffset", kN, kYes},
                              {"shape", kS, kYes},
                              {"size", kN, kYes},
                              {"smooth", kB, kSkip},
                              {"stroke", kS | kO | kZ, kYes},
                              {"strokeCap", kS, kYes},
                              {"strokeDash", kA, kYes},
                              {"strokeDashOffset", kN, kYes},
                              {"strokeJoin", kS, kYes},
                              {"strokeMiterLimit", kN, kYes},
                              {"strokeOffset", kN, kSkip},
                              {"strokeOpacity", kN, kYes},
                              {"strokeWidth", kN, kYes},
                              {"style", kS | kA, kYes},
                              {"tension", kN, kYes},
                              {"text", kS | kA, kYes},
                              {"theta", kN, kYes},
                              {"theta2", kN, kYes},
                              {"theta2Offset", kN, kYes},
                              {"thetaOffset", kN, kYes},
                              {"thickness", kN, kYes},
                              {"time", kAny, kSkip},
                              {"timeUnitBandPosition", kN, kYes},
                              {"timeUnitBandSize", kN, kYes},
                              {"tooltip", kS | kB | kO | kN | kZ, kYes},
                              {"url", kS, kLater},
                              {"width", kN | kO, kYes},
                              {"x", kN | kS, kYes},
                              {"x2", kN | kS, kYes},
                              {"x2Offset", kN, kYes},
                              {"xOffset", kN, kYes},
                              {"y", kN | kS, kYes},
                              {"y2", kN | kS, kYes},
                              {"y2Offset", kN, kYes},
                              {"yOffset", kN, kYes}};

constexpr Property kEncoding[] = {{"angle", kO, kYes},       {"color", kO, kYes},
                                  {"column", kO, kYes},      {"description", kO, kYes},
                                  {"detail", kO | kA, kYes}, {"facet", kO, kYes},
                                  {"fill", kO, kYes},        {"fillOpacity", kO, kYes},
                                  {"href", kO, kSkip},       {"key", kO, kSkip},
                                  {"latitude", kO, kLater},  {"latitude2", kO, kLater},
                                  {"longitude", kO, kLater}, {"longitude2", kO, kLater},
                                  {"opacity", kO, kYes},     {"order", kO | kA, kYes},
                                  {"radius", kO, kYes},      {"radius2", kO, kYes},
                                  {"row", kO, kYes},         {"shape", kO, kYes},
                                  {"size", kO, kYes},        {"stroke", kO, kYes},
                                  {"strokeDash", kO, kYes},  {"strokeOpacity", kO, kYes},
                                  {"strokeWidth", kO, kYes}, {"text", kO, kYes},
                                  {"theta", kO, kYes},       {"theta2", kO, kYes},
                                  {"time", kO, kLater},      {"tooltip", kO | kA | kZ, kYes},
                                  {"url", kO, kLater},       {"x", kO, kYes},
                                  {"x2", kO, kYes},          {"xError", kO, kSkip},
                                  {"xError2", kO, kSkip},    {"xOffset", kO, kYes},
                                  {"y", kO, kYes},           {"y2", kO, kYes},
                                  {"yError", kO, kSkip},     {"yError2", kO, kSkip},
                                  {"yOffset", kO, kYes}};

constexpr Property kChannel[] = {{"aggregate", kS | kO, kYes},
                                 {"axis", kO | kZ, kYes},
                                 {"align", kS | kO, kYes},
                                 {"bandPosition", kN, kYes},
                                 {"bounds", kS, kYes},
                                 {"center", kB | kO, kYes},
                                 {"columns", kN, kYes},
                                 {"spacing", kN | kO, kYes},
                                 {"bin", kB | kO | kS | kZ, kYes},
                                 {"condition", kO | kA, kYes},
                                 {"datum", kAny, kYes},
                                 {"field", kS | kO, kYes},
                                 {"format", kS | kO, kYes},
                                 {"formatType", kS, kYes},
                                 {"impute", kO | kZ, kYes},
                                 {"legend", kO | kZ, kYes},
                                 {"scale", kO | kZ, kYes},
                                 {"sort", kS | kA | kO | kZ | kB, kYes},
                                 {"stack", kS | kB | kZ, kYes},
                                 {"timeUnit", kS | kO | kZ, kYes},
                                 {"title", kS | kA | kZ, kYes},
                                 {"type", kS, kYes},
                                 {"value", kAny, kYes},
                                 {"header", kO | kZ, kYes}};

constexpr Property kScale[] = {{"align", kN, kYes},
                               {"base", kN, kYes},
                               {"bins", kA | kO, kYes},
                               {"clamp", kB, kYes},
                               {"constant", kN, kYes},
                               {"domain", kA | kS | kO, kYes},
                               {"domainMax", kN | kO, kYes},
                               {"domainMid", kN, kYes},
                               {"domainMin", kN | kO, kYes},
                               {"domainRaw", kAny, kLater},
                               {"exponent", kN, kYes},
                               {"interpolate", kS | kO, kYes},
                               {"nice", kB | kN | kS | kO, kYes},
                               {"padding", kN, kYes},
                               {"paddingInner", kN, kYes},
                               {"paddingOuter", kN, kYes},
                               {"range", kA | kS | kO, kYes},
                               {"rangeMax", kN | kS, kYes},
                               {"rangeMin", kN | kS, kYes},
                               {"reverse", kB, kYes},
                               {"round", kB, kYes},
                               {"scheme", kS | kO, kYes},
                               {"type", kS, kYes},
                               {"zero", kB, kYes}};

constexpr Property kAxis[] = {{"aria", kB, kYes},
                              {"bandPosition", kN, kYes},
                              {"description", kS, kYes},
                              {"domain", kB, kYes},
                              {"domainCap", kS, kYes},
                              {"domainColor", kS | kZ, kYes},
                              {"domainDash", kA, kYes},
                              {"domainDashOffset", kN, kYes},
                              {"domainOpacity", kN, kYes},
                              {"domainWidth", kN, kYes},
                              {"encoding", kO, kLater},
                              {"format", kS | kO, kYes},
                              {"formatType", kS, kYes},
                              {"grid", kB, kYes},
                              {"gridCap", kS, kYes},
                              {"gridColor", kS | kZ, kYes},
                              {"gridDash", kA, kYes},
                              {"gridDashOffset", kN, kYes},
                              {"gridOpacity", kN, kYes},
                              {"gridWidth", kN, kYes},
                              {"labelAlign", kS, kYes},
                              {"labelAngle", kN, kYes},
                              {"labelBaseline", kS, kYes},
                              {"labelBound", kB | kN, kYes},
                              {"labelColor", kS | kZ, kYes},
                              {"labelExpr", kS, kYes},
                              {"labelFlush", kB | kN, kYes},
                              {"labelFlushOffset", kN, kYes},
                              {"labelFont", kS, kYes},
                              {"labelFontSize", kN, kYes},
                              {"labelFontStyle", kS, kYes},
                              {"labelFontWeight", kS | kN, kYes},
                              {"labelLimit", kN, kYes},
                              {"labelLineHeight", kN, kYes},
                              {"labelOffset", kN, kYes},
                              {"labelOpacity", kN, kYes},
                              {"labelOverlap", kB | kS, kYes},
                              {"labelPadding", kN, kYes},
                              {"labelSeparation", kN, kYes},
                              {"labels", kB, kYes},
                              {"maxExtent", kN, kYes},
                              {"minExtent", kN, kYes},
                              {"offset", kN, kYes},
                              {"orient", kS, kYes},
                              {"position", kN, kYes},
                              {"style", kS | kA, kYes},
                              {"tickBand", kS, kYes},
                              {"tickCap", kS, kYes},
                              {"tickColor", kS | kZ, kYes},
                              {"tickCount", kN | kS | kO, kYes},
                              {"tickDash", kA, kYes},
                              {"tickDashOffset", kN, kYes},
                              {"tickExtra", kB, kYes},
                              {"tickMinStep", kN, kYes},
                              {"tickOffset", kN, kYes},
                              {"tickOpacity", kN, kYes},
                              {"tickRound", kB, kYes},
                              {"tickSize", kN, kYes},
                              {"tickWidth", kN, kYes},
                              {"ticks", kB, kYes},
                              {"title", kS | kA | kZ, kYes},
                              {"titleAlign", kS, kYes},
                              {"titleAnchor", kS | kZ, kYes},
                              {"titleAngle", kN, kYes},
                              {"titleBaseline", kS, kYes},
                              {"titleColor", kS | kZ, kYes},
                              {"titleFont", kS, kYes},
                              {"titleFontSize", kN, kYes},
                              {"titleFontStyle", kS, kYes},
                              {"titleFontWeight", kS | kN, kYes},
                              {"titleLimit", kN, kYes},
                              {"titleLineHeight", kN, kYes},
                              {"titleOpacity", kN, kYes},
                              {"titlePadding", kN, kYes},
                              {"titleX", kN, kYes},
                              {"titleY", kN, kYes},
                              {"translate", kN, kYes},
                              {"values", kA | kO, kYes},
                              {"zindex", kN, kYes}};

constexpr Property kLegend[] = {{"aria", kB, kYes},
                                {"clipHeight", kN, kSkip},
                                {"columnPadding", kN, kYes},
                                {"columns", kN, kYes},
                                {"cornerRadius", kN, kYes},
                                {"description", kS, kYes},
                                {"direction", kS, kYes},
                                {"disable", kB, kYes},
                                {"encoding", kO, kLater},
                                {"fillColor", kS | kZ, kYes},
                                {"format", kS | kO, kYes},
                                {"formatType", kS, kYes},
                                {"gradientLength", kN, kYes},
                                {"gradientOpacity", kN, kYes},
                                {"gradientStrokeColor", kS | kZ, kYes},
                                {"gradientStrokeWidth", kN, kYes},
                                {"gradientThickness", kN, kYes},
                                {"gridAlign", kS, kSkip},
                                {"labelAlign", kS, kYes},
                                {"labelBaseline", kS, kYes},
                                {"labelColor", kS | kZ, kYes},
                                {"labelExpr", kS, kYes},
                                {"labelFont", kS, kYes},
                                {"labelFontSize", kN, kYes},
                                {"labelFontStyle", kS, kYes},
                                {"labelFontWeight", kS | kN, kYes},
                                {"labelLimit", kN, kYes},
                                {"labelOffset", kN, kYes},
                                {"labelOpacity", kN, kYes},
                                {"labelOverlap", kB | kS, kYes},
                                {"labelPadding", kN, kYes},
                                {"labelSeparation", kN, kYes},
                                {"legendX", kN, kYes},
                                {"legendY", kN, kYes},
                                {"offset", kN, kYes},
                                {"orient", kS, kYes},
                                {"padding", kN, kYes},
                                {"rowPadding", kN, kYes},
                                {"strokeColor", kS | kZ, kYes},
                                {"strokeWidth", kN, kYes},
                                {"symbolDash", kA, kYes},
                                {"symbolDashOffset", kN, kYes},
                                {"symbolFillColor", kS | kZ, kYes},
                                {"symbolLimit", kN, kYes},
                                {"symbolOffset", kN, kYes},
                                {"symbolOpacity", kN, kYes},
                                {"symbolSize", kN, kYes},
                                {"symbolStrokeColor", kS | kZ, kYes},
                                {"symbolStrokeWidth", kN, kYes},
                                {"symbolType", kS, kYes},
                                {"tickCount", kN | kS | kO, kYes},
                                {"tickMinStep", kN, kYes},
                                {"title", kS | kA | kZ, kYes},
                                {"titleAlign", kS, kYes},
                                {"titleAnchor", kS | kZ, kYes},
                                {"titleBaseline", kS, kYes},
                                {"titleColor", kS | kZ, kYes},
                                {"titleFont", kS, kYes},
                                {"titleFontSize", kN, kYes},
                                {"titleFontStyle", kS, kYes},
                                {"titleFontWeight", kS | kN, kYes},
                                {"titleLimit", kN, kYes},
                                {"titleLineHeight", kN, kYes},
                                {"titleOpacity", kN, kYes},
                                {"titleOrient", kS, kYes},
                                {"titlePadding", kN, kYes},
                                {"type", kS, kYes},
                                {"values", kA | kO, kYes},
                                {"zindex", kN, kYes}};

constexpr Property kTitle[] = {{"align", kS, kYes},
                               {"anchor", kS | kZ, kYes},
                               {"angle", kN, kYes},
                               {"aria", kB, kYes},
                               {"baseline", kS, kYes},
                               {"color", kS | kZ, kYes},
                               {"dx", kN, kYes},
                               {"dy", kN, kYes},
                               {"encoding", kO, kLater},
                               {"font", kS, kYes},
                               {"fontSize", kN, kYes},
                               {"fontStyle", kS, kYes},
                               {"fontWeight", kS | kN, kYes},
                               {"frame", kS, kYes},
                               {"limit", kN, kYes},
                               {"lineHeight", kN, kYes},
                               {"offset", kN, kYes},
                               {"orient", kS, kYes},
                               {"style", kS | kA, kYes},
                               {"subtitle", kS | kA, kYes},
                               {"subtitleColor", kS | kZ, kYes},
                               {"subtitleFont", kS, kYes},
                               {"subtitleFontSize", kN, kYes},
                               {"subtitleFontStyle", kS, kYes},
                               {"subtitleFontWeight", kS | kN, kYes},
                               {"subtitleLineHeight", kN, kYes},
                               {"subtitlePadding", kN, kYes},
                               {"text", kS | kA, kYes},
                               {"zindex", kN, kYes}};

constexpr Property kBin[] = {
    {"anchor", kN, kYes},      {"base", kN, kYes},    {"binned", kB, kYes},  {"divide", kA, kYes},
    {"extent", kA | kO, kYes}, {"maxbins", kN, kYes}, {"minstep", kN, kYes}, {"nice", kB, kYes},
    {"step", kN, kYes},        {"steps", kA, kYes}};

constexpr Property kSortObject[] = {
    {"encoding", kS, kYes}, {"field", kS | kO, kYes}, {"op", kS, kYes}, {"order", kS | kZ, kYes}};

constexpr Property kView[] = {
    {"cornerRadius", kN, kYes}, {"cursor", kS, kSkip},       {"fill", kS | kZ, kYes},
    {"fillOpacity", kN, kYes},  {"opacity", kN, kYes},       {"stroke", kS | kZ, kYes},
    {"strokeCap", kS, kSkip},   {"strokeDash", kA, kYes},    {"strokeDashOffset", kN, kYes},
    {"strokeJoin", kS, kSkip},  {"strokeOpacity", kN, kYes}, {"strokeWidth", kN, kYes},
    {"style", kS | kA, kYes}};

constexpr Property kConfig[] = {{"arc", kO, kYes},
                                {"area", kO, kYes},
                                {"aria", kB, kYes},
                                {"autosize", kS | kO, kYes},
                                {"axis", kO, kYes},
                                {"axisBand", kO, kYes},
                                {"axisBottom", kO, kYes},
                                {"axisDiscrete", kO, kYes},
                                {"axisLeft", kO, kYes},
                                {"axisPoint", kO, kYes},
                                {"axisQuantitative", kO, kYes},
                                {"axisRight", kO, kYes},
                                {"axisTemporal", kO, kYes},
                                {"axisTop", kO, kYes},
                                {"axisX", kO, kYes},
                                {"axisXBand", kO, kYes},
                                {"axisXDiscrete", kO, kYes},
                                {"axisXPoint", kO, kYes},
                                {"axisXQuantitative", kO, kYes},
                                {"axisXTemporal", kO, kYes},
                                {"axisY", kO, kYes},
                                {"axisYBand", kO, kYes},
                                {"axisYDiscrete", kO, kYes},
                                {"axisYPoint", kO, kYes},
                                {"axisYQuantitative", kO, kYes},
                                {"axisYTemporal", kO, kYes},
                                {"background", kS | kZ, kYes},
                                {"bar", kO, kYes},
                                {"boxplot", kO, kYes},
                                {"circle", kO, kYes},
                                {"color", kB | kO, kLater},
                                {"concat", kO, kYes},
                                {"countTitle", kS, kYes},
                                {"customFormatTypes", kB, kSkip},
                                {"errorband", kO, kYes},
                                {"errorbar", kO, kYes},
                                {"facet", kO, kYes},
                                {"fieldTitle", kS, kYes},
                                {"font", kS, kYes},
                                {"fontSize", kB | kO, kLater},
                                {"geoshape", kO, kSkip},
                                {"header", kO, kYes},
                                {"headerColumn", kO, kYes},
                                {"headerFacet", kO, kYes},
                                {"headerRow", kO, kYes},
                                {"image", kO, kSkip},
                                {"legend", kO, kYes},
                                {"line", kO, kYes},
                                {"lineBreak", kS, kYes},
                                {"locale", kO, kYes},
                                {"mark", kO, kYes},
                                {"normalizedNumberFormat", kS, kYes},
                                {"normalizedNumberFormatType", kS, kSkip},
                                {"numberFormat", kS, kYes},
                                {"numberFormatType", kS, kSkip},
                                {"padding", kN | kO, kYes},
                                {"params", kA, kSkip},
                                {"point", kO, kYes},
                                {"projection", kO, kSkip},
                                {"range", kO, kYes},
                                {"rect", kO, kYes},
                                {"rule", kO, kYes},
                                {"scale", kO, kYes},
                                {"selection", kO, kSkip},
                                {"square", kO, kYes},
                                {"style", kO, kYes},
                                {"text", kO, kYes},
                                {"tick", kO, kYes},
                                {"timeFormat", kS, kYes},
                                {"timeFormatType", kS, kSkip},
                                {"title", kO, kYes},
                                {"tooltipFormat", kO, kSkip},
                                {"trail", kO, kYes},
                                {"view", kO, kYes}};

constexpr Property kData[] = {{"format", kO | kZ, kYes}, {"graticule", kAny, kLater},
                              {"name", kS, kYes},        {"relation", kS, kYes},
                              {"semantic", kO, kYes},    {"sequence", kO, kYes},
                              {"sphere", kAny, kLater},  {"sql", kS, kYes},
                              {"url", kS, kYes},         {"values", kA | kO | kS | kN | kB, kYes}};

constexpr Property kHeader[] = {{"format", kS | kO, kYes},      {"formatType", kS, kYes},
                                {"labelAlign", kS, kYes},       {"labelAnchor", kS | kZ, kYes},
                                {"labelAngle", kN, kYes},       {"labelBaseline", kS, kYes},
                                {"labelColor", kS | kZ, kYes},  {"labelExpr", kS, kYes},
                                {"labelFont", kS, kYes},        {"labelFontSize", kN, kYes},
                                {"labelFontStyle", kS, kYes},   {"labelFontWeight", kS | kN, kYes},
                                {"labelLimit", kN, kYes},       {"labelLineHeight", kN, kYes},
                                {"labelOrient", kS, kYes},      {"labelPadding", kN, kYes},
                                {"labels", kB, kYes},           {"orient", kS, kYes},
                                {"title", kS | kA | kZ, kYes},  {"titleAlign", kS, kYes},
                                {"titleAnchor", kS | kZ, kYes}, {"titleAngle", kN, kYes},
                                {"titleBaseline", kS, kYes},    {"titleColor", kS | kZ, kYes},
                                {"titleFont", kS, kYes},        {"titleFontSize", kN, kYes},
                                {"titleFontStyle", kS, kYes},   {"titleFontWeight", kS | kN, kYes},
                                {"titleLimit", kN, kYes},       {"titleLineHeight", kN, kYes},
                                {"titleOrient", kS, kYes},      {"titlePadding", kN, kYes}};

template <std::size_t N>
constexpr PropertyTable MakeTable(std::string_view what, const Property (&entries)[N]) {
  return {what, entries, N};
}

std::string TypeNames(JsonTypes types) {
  constexpr std::string_view kNames[] = {"null", "boolean", "number", "string", "array", "object"};
  std::string out;
  for (unsigned i = 0; i < 6; ++i) {
    if ((types >> i & 1U) == 0) continue;
    if (!out.empty()) out += " or ";
    out += kNames[i];
  }
  return out;
}

const Property* FindProperty(const PropertyTable& table, std::string_view name) {
  for (std::size_t i = 0; i < table.size; ++i) {
    if (table.entries[i].name == name) return &table.entries[i];
  }
  return nullptr;
}

// Looks of ticks, labels and grid lines may depend on the tick's value.
bool IsConditionalOfTick(const Json::Member& member) {
  if (member.value.Find("condition") == nullptr) return false;
  for (const char* name :
       {"gridColor", "gridDash", "gridOpacity", "gridWidth", "labelColor", "labelOpacity",
        "labelPadding", "tickColor", "tickOpacity", "tickSize", "tickWidth"}) {
    if (member.name == name) return true;
  }
  return false;
}

Warning UnknownProperty(const PropertyTable& table, const std::string& name,
                        const std::string& pointer) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < table.size; ++i) names.emplace_back(table.entries[i].name);
  const std::optional<std::string> nearest = NearestName(name, names);
  return {pointer, "unknown property \"" + name + "\" of " + std::string(table.what),
          nearest ? "Did you mean \"" + *nearest + "\"?" : ""};
}

}  // namespace

PropertyTable TableOf(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kTopLevel:
      return MakeTable("the specification", kTopLevel);
    case ObjectKind::kMark:
      return MakeTable("the mark", kMark);
    case ObjectKind::kEncoding:
      return MakeTable("the encoding", kEncoding);
    case ObjectKind::kChannel:
      return MakeTable("the channel", kChannel);
    case ObjectKind::kScale:
      return MakeTable("the scale", kScale);
    case ObjectKind::kAxis:
      return MakeTable("the axis", kAxis);
    case ObjectKind::kLegend:
      return MakeTable("the legend", kLegend);
    case ObjectKind::kTitle:
      return MakeTable("the title", kTitle);
    case ObjectKind::kBin:
      return MakeTable("bin", kBin);
    case ObjectKind::kSortObject:
      return MakeTable("sort", kSortObject);
    case ObjectKind::kView:
      return MakeTable("the view", kView);
    case ObjectKind::kConfig:
      return MakeTable("the config", kConfig);
    case ObjectKind::kData:
      return MakeTable("the data", kData);
    case ObjectKind::kHeader:
      return MakeTable("the header", kHeader);
  }
  return {"", nullptr, 0};
}

JsonTypes TypeOf(const Json& value) {
  if (value.IsNull()) return kNullType;
  if (value.IsBool()) return kBoolType;
  if (value.IsNumber()) return kNumberType;
  if (value.IsString()) return kStringType;
  return value.IsArray() ? kArrayType : kObjectType;
}

Status NotDrawn(const std::string& feature, std::string pointer) {
  return Status(Code::kChartNotSupported, feature + " is not supported yet").At(std::move(pointer));
}

Status InvalidSpec(std::string message, std::string pointer) {
  return Status(Code::kChartInvalidSpec, std::move(message)).At(std::move(pointer));
}

Status CheckObject(const Json& object, ObjectKind kind, const std::string& pointer,
                   std::vector<Warning>* warnings) {
  const PropertyTable table = TableOf(kind);
  for (const Json::Member& member : object.members()) {
    const std::string at = JsonPointer(pointer, member.name);
    const Property* property = FindProperty(table, member.name);
    if (property == nullptr) {
      warnings->push_back(UnknownProperty(table, member.name, at));
      continue;
    }
    if (property->support == Support::kIgnored) continue;
    if (property->support == Support::kNotDrawn) {
      return NotDrawn("\"" + member.name + "\" of " + std::string(table.what), at);
    }
    const bool by_row = kind == ObjectKind::kMark && member.value.Find("expr") != nullptr;
    if (by_row) continue;  // ParseUnit reads it
    const bool computed =
        member.value.Find("expr") != nullptr || member.value.Find("signal") != nullptr;
    if (computed) return NotDrawn("an expression for \"" + member.name + "\"", at);
    const bool channels = kind == ObjectKind::kChannel || kind == ObjectKind::kEncoding;
    if (kind == ObjectKind::kAxis && IsConditionalOfTick(member)) continue;
    if (!channels && member.value.Find("condition") != nullptr) {
      return NotDrawn("a condition for \"" + member.name + "\"", at);
    }
    if ((property->types & TypeOf(member.value)) == 0) {
      return InvalidSpec("\"" + member.name + "\" of " + std::string(table.what) + " must be " +
                             TypeNames(property->types) + ", not " + member.value.TypeName(),
                         at);
    }
  }
  return Status::Ok();
}

}  // namespace loupe::chart
