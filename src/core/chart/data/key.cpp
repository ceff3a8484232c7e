#include "core/chart/data/key.hpp"

#include "core/base/number_format.hpp"

namespace loupe::chart {
namespace {

bool CountsValues(Aggregate aggregate) {
  return aggregate == Aggregate::kCount || aggregate == Aggregate::kValid ||
         aggregate == Aggregate::kMissing || aggregate == Aggregate::kDistinct;
}

std::string BinKey(const BinParams& bin, const std::string& field) {
  std::string key = "bin(" + NumberToText(bin.max_bins);
  for (const double part : {bin.step.value_or(0), bin.min_step, bin.base, bin.anchor.value_or(0)}) {
    key += "," + NumberToText(part);
  }
  if (bin.extent)
    key += "," + NumberToText((*bin.extent)[0]) + "," + NumberToText((*bin.extent)[1]);
  for (const double step : bin.steps) key += ";" + NumberToText(step);
  for (const double divisor : bin.divide) key += "/" + NumberToText(divisor);
  return key + (bin.nice ? "," : ",exact,") + field + ")";
}

}  // namespace

Reading ReadingOf(const ChannelDef& def) {
  if (def.aggregate && CountsValues(*def.aggregate)) return Reading::kRaw;
  if (def.time_unit || def.type == DataType::kTemporal) return Reading::kTime;
  if (def.type == DataType::kQuantitative || def.bin) return Reading::kNumber;
  return Reading::kRaw;
}

std::string SourceKey(const std::string& field, Reading reading) {
  switch (reading) {
    case Reading::kRaw:
      return field;
    case Reading::kNumber:
      return "number:" + field;
    case Reading::kTime:
      return "time:" + field;
  }
  return field;
}

std::string ColumnKey(const ChannelDef& def) {
  if (def.aggregate == Aggregate::kCount) return "count()";
  std::string source = SourceKey(def.field, ReadingOf(def));
  if (def.aggregate) {
    const std::string by = def.arg_field.empty() ? "" : "," + def.arg_field;
    return std::string(AggregateName(*def.aggregate)) + "(" + source + by + ")";
  }
  if (def.bin && !def.bin->binned) return BinKey(*def.bin, source);
  if (def.time_unit && !def.time_unit->binned) {
    return "unit(" + UnitTitle(*def.time_unit) + "," + std::to_string(def.time_unit->step) + "," +
           source + ")";
  }
  return source;
}

std::string EndKey(const ChannelDef& def) { return ColumnKey(def) + " end"; }

}  // namespace loupe::chart
