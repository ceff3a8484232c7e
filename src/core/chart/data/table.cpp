#include "core/chart/data/table.hpp"

#include "core/base/number_format.hpp"

namespace loupe::chart {
namespace {

int Rank(const Json& value) {
  if (value.IsNull()) return 0;
  if (value.IsBool()) return 1;
  if (value.IsNumber()) return 2;
  return value.IsString() ? 3 : 4;
}

template <class T>
int Sign(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

}  // namespace

int CompareValues(const Json& a, const Json& b) {
  const int rank = Rank(a);
  if (rank != Rank(b)) return Sign(rank, Rank(b));
  switch (rank) {
    case 0:
      return 0;
    case 1:
      return Sign(a.AsBool(), b.AsBool());
    case 2:
      return Sign(a.AsDouble(), b.AsDouble());
    case 3:
      return Sign(a.AsString(), b.AsString());
    default:
      return Sign(a.Dump(), b.Dump());
  }
}

void AppendKey(const Json& value, std::string* key) {
  key->push_back(static_cast<char>('0' + Rank(value)));
  if (value.IsString()) {
    *key += std::to_string(value.AsString().size()) + ":" + value.AsString();
  } else if (value.IsNumber()) {
    *key += NumberToText(value.AsDouble());
  } else {
    *key += value.Dump();
  }
  key->push_back('\n');
}

std::string ValueText(const Json& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return NumberToText(value.AsDouble());
  return value.Dump();
}

}  // namespace loupe::chart
