#include "core/semantic/sql_types.hpp"

#include <string>

namespace loupe::semantic {
namespace {

struct TypeName {
  std::string_view name;  // without modifiers
  SqlType type;
};

constexpr TypeName kTypes[] = {
    {"text", SqlType::kText},
    {"character varying", SqlType::kText},
    {"name", SqlType::kText},
    {"character", SqlType::kCharacter},
    {"smallint", SqlType::kSmallInteger},
    {"integer", SqlType::kInteger},
    {"bigint", SqlType::kBigInteger},
    {"numeric", SqlType::kNumeric},
    {"real", SqlType::kReal},
    {"double precision", SqlType::kDouble},
    {"money", SqlType::kMoney},
    {"interval", SqlType::kInterval},
    {"boolean", SqlType::kBoolean},
    {"date", SqlType::kDate},
    {"timestamp without time zone", SqlType::kTimestamp},
    {"timestamp with time zone", SqlType::kTimestampTz},
    {"uuid", SqlType::kOther},
    {"json", SqlType::kOther},
    {"jsonb", SqlType::kOther},
    {"xml", SqlType::kOther},
    {"bytea", SqlType::kOther},
    {"bit", SqlType::kOther},
    {"bit varying", SqlType::kOther},
    {"inet", SqlType::kOther},
    {"cidr", SqlType::kOther},
    {"macaddr", SqlType::kOther},
    {"macaddr8", SqlType::kOther},
    {"point", SqlType::kOther},
    {"line", SqlType::kOther},
    {"lseg", SqlType::kOther},
    {"box", SqlType::kOther},
    {"path", SqlType::kOther},
    {"polygon", SqlType::kOther},
    {"circle", SqlType::kOther},
    {"time without time zone", SqlType::kOther},
    {"time with time zone", SqlType::kOther},
    {"tsvector", SqlType::kOther},
    {"tsquery", SqlType::kOther},
};

// "numeric(12,2)" gives "numeric", "timestamp(3) with time zone" "timestamp with time zone".
std::string WithoutModifier(std::string_view data_type) {
  const std::size_t open = data_type.find('(');
  const std::size_t close = data_type.find(')', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) {
    return std::string(data_type);
  }
  return std::string(data_type.substr(0, open)) + std::string(data_type.substr(close + 1));
}

}  // namespace

SqlType ClassifyType(std::string_view data_type) {
  if (data_type.size() > 2 && data_type.substr(data_type.size() - 2) == "[]") {
    return SqlType::kOther;
  }
  const std::string plain = WithoutModifier(data_type);
  for (const TypeName& entry : kTypes) {
    if (entry.name == plain) return entry.type;
  }
  return SqlType::kUnknown;
}

bool IsNumber(SqlType type) { return type >= SqlType::kSmallInteger && type <= SqlType::kMoney; }

bool Fits(Aggregation aggregation, SqlType type) {
  if (type == SqlType::kUnknown) return true;
  switch (aggregation) {
    case Aggregation::kCount:
    case Aggregation::kCountDistinct:
    case Aggregation::kCountDistinctApprox:
      return true;
    case Aggregation::kSum:
      return IsNumber(type) || type == SqlType::kInterval;
    case Aggregation::kMedian:
    case Aggregation::kPercentile:
    case Aggregation::kAvg:
      return (IsNumber(type) && type != SqlType::kMoney) || type == SqlType::kInterval;
    case Aggregation::kMin:
    case Aggregation::kMax:
      return type != SqlType::kBoolean;
  }
  return false;
}

SqlType ResultType(Aggregation aggregation, SqlType type) {
  switch (aggregation) {
    case Aggregation::kCount:
    case Aggregation::kCountDistinct:
    case Aggregation::kCountDistinctApprox:
      return SqlType::kBigInteger;
    case Aggregation::kMedian:
    case Aggregation::kPercentile:
      if (type == SqlType::kInterval || type == SqlType::kUnknown) return type;
      return SqlType::kDouble;
    case Aggregation::kSum:
      if (type == SqlType::kSmallInteger || type == SqlType::kInteger) return SqlType::kBigInteger;
      return type == SqlType::kBigInteger ? SqlType::kNumeric : type;
    case Aggregation::kAvg:
      if (type == SqlType::kReal) return SqlType::kDouble;
      return IsNumber(type) && type < SqlType::kReal ? SqlType::kNumeric : type;
    case Aggregation::kMin:
    case Aggregation::kMax:
      return type;
  }
  return SqlType::kUnknown;
}

const char* CastName(SqlType type) {
  switch (type) {
    case SqlType::kText:
      return "text";
    case SqlType::kSmallInteger:
      return "smallint";
    case SqlType::kInteger:
      return "integer";
    case SqlType::kBigInteger:
      return "bigint";
    case SqlType::kNumeric:
      return "numeric";
    case SqlType::kReal:
      return "real";
    case SqlType::kDouble:
      return "double precision";
    case SqlType::kMoney:
      return "money";
    case SqlType::kInterval:
      return "interval";
    case SqlType::kBoolean:
      return "boolean";
    case SqlType::kDate:
      return "date";
    case SqlType::kTimestamp:
      return "timestamp";
    case SqlType::kTimestampTz:
      return "timestamptz";
    default:
      return nullptr;
  }
}

}  // namespace loupe::semantic
