// profile(relation): finds the relation, learns what its columns' types can do, and has the
// statement of core/profile run by the gate.
#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "parser/parse_oper.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
}

#include "pg/function.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/base/nearest.hpp"
#include "core/profile/profile_query.hpp"
#include "core/profile/statistics.hpp"
#include "core/sql/printer.hpp"
#include "pg/catalog.hpp"
#include "pg/compat.hpp"
#include "pg/execute.hpp"
#include "pg/relation.hpp"
#include "pg/search_path.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

using profile::ColumnStatistics;
using profile::ProfileColumn;
using profile::ProfileOptions;

constexpr std::size_t kMaxNameBytes = 1024;  // three quoted names of 63 bytes and room to spare

// A relation that is locked until the end of the transaction, so that its columns stay.
struct Target {
  Oid oid = InvalidOid;
  char kind = 0;  // pg_class.relkind
  std::string schema;
  std::string name;
  std::vector<ProfileColumn> columns;
};

const char* KindName(char kind) {
  switch (kind) {
    case RELKIND_INDEX:
    case RELKIND_PARTITIONED_INDEX:
      return "an index";
    case RELKIND_SEQUENCE:
      return "a sequence";
    case RELKIND_COMPOSITE_TYPE:
      return "a composite type";
    case RELKIND_TOASTVALUE:
      return "a TOAST table";
    default:
      return "of a kind without rows";
  }
}

// What the default operator classes of the type offer to GROUP BY and ORDER BY; may raise.
profile::Comparison ComparisonOf(Oid type) {
  Oid less = InvalidOid;
  Oid equal = InvalidOid;
  bool is_hashable = false;
  get_sort_group_operators(type, false, false, false, &less, &equal, nullptr, &is_hashable);
  if (OidIsValid(less) && OidIsValid(equal)) return profile::Comparison::kOrdering;
  if (OidIsValid(equal) && is_hashable) return profile::Comparison::kEquality;
  return profile::Comparison::kNone;
}

profile::Arithmetic ArithmeticOf(Oid base) {
  switch (base) {
    case INT2OID:
    case INT4OID:
    case INT8OID:
    case FLOAT4OID:
    case FLOAT8OID:
    case NUMERICOID:
    case MONEYOID:
      return profile::Arithmetic::kNumeric;
    default:
      return profile::Arithmetic::kNone;
  }
}

// What the server tells about one column; strings are palloc'd.
struct ColumnFacts {
  bool is_dropped;
  const char* name;
  const char* type_name;
  Oid base_type;
  profile::Comparison comparison;
  profile::Access access;
};

ColumnFacts FactsOf(Relation relation, int index) {
  const FormData_pg_attribute* attribute = TupleDescAttr(RelationGetDescr(relation), index);
  ColumnFacts facts = {};
  facts.is_dropped = attribute->attisdropped;
  if (facts.is_dropped) return facts;
  const Oid oid = RelationGetRelid(relation);
  const Oid user = GetUserId();
  const bool may_read =
      pg_class_aclcheck(oid, user, ACL_SELECT) == ACLCHECK_OK ||
      pg_attribute_aclcheck(oid, attribute->attnum, user, ACL_SELECT) == ACLCHECK_OK;
  facts.name = pstrdup(NameStr(attribute->attname));
  facts.type_name = format_type_with_typemod(attribute->atttypid, attribute->atttypmod);
  facts.base_type = getBaseType(attribute->atttypid);
  facts.comparison = ComparisonOf(attribute->atttypid);
  facts.access = may_read ? profile::Access::kReadable : profile::Access::kDenied;
  return facts;
}

// A relation reference that is given back, its lock kept, with its scope.
class OpenRelation {
 public:
  explicit OpenRelation(Oid oid)
      : relation_(Call([&]() noexcept { return try_relation_open(oid, AccessShareLock); })) {}
  ~OpenRelation() {
    if (relation_ != nullptr) relation_close(relation_, NoLock);
  }
  OpenRelation(const OpenRelation&) = delete;
  OpenRelation& operator=(const OpenRelation&) = delete;

  [[nodiscard]] Relation get() const { return relation_; }

 private:
  Relation relation_;
};

std::vector<ProfileColumn> ColumnsOf(Relation relation) {
  std::vector<ProfileColumn> columns;
  const int count = RelationGetNumberOfAttributes(relation);
  for (int i = 0; i < count; ++i) {
    const ColumnFacts facts = Call([&]() noexcept { return FactsOf(relation, i); });
    if (facts.is_dropped) continue;
    ProfileColumn column;
    column.position = i + 1;
    column.name = FromServer(facts.name);
    column.sql_type = FromServer(facts.type_name);
    column.comparison = facts.comparison;
    column.arithmetic = ArithmeticOf(facts.base_type);
    column.text_form =
        facts.base_type == BYTEAOID ? profile::TextForm::kBytes : profile::TextForm::kCast;
    column.access = facts.access;
    columns.push_back(std::move(column));
  }
  return columns;
}

Target OpenTarget(Oid oid) {
  const OpenRelation open(oid);
  Relation relation = open.get();
  if (relation == nullptr) {
    throw StatusError{Status(Code::kUndefinedTable,
                             "relation with OID " + std::to_string(oid) + " does not exist")};
  }
  Target target;
  target.oid = oid;
  target.kind = relation->rd_rel->relkind;
  target.name = FromServer(RelationGetRelationName(relation));
  const char* schema =
      Call([&]() noexcept { return get_namespace_name(RelationGetNamespace(relation)); });
  target.schema = schema == nullptr ? "" : FromServer(schema);
  if (!HasRows(target.kind)) {
    throw StatusError{
        Status(Code::kProfileNotRelation, "\"" + target.name + "\" is " + KindName(target.kind))
            .WithDetail("Tables, views, materialized views, partitioned and foreign "
                        "tables can be profiled.")};
  }
  target.columns = ColumnsOf(relation);
  return target;
}

// A name as the user wrote it, split at its dots.
struct WrittenName {
  Oid oid;
  const char* schema;  // null when not given
  const char* name;
};

// Relations that the caller may read, as "schema.name".
constexpr const char* kReadableSql = R"sql(
SELECT n.nspname, c.relname
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_'
      AND n.nspname <> 'information_schema'
      AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
ORDER BY n.nspname, c.relname)sql";

// The nearest name in the caller's search path, else in all schemas.
std::string HintFor(const WrittenName& written) {
  const std::string name = FromServer(written.name);
  if (written.schema == nullptr) {
    const std::vector<std::string> visible = RelationNames(CallerSchemas());
    if (NearestName(name, visible)) return NearestNameHint(name, visible);
  }
  const std::string prefix = written.schema == nullptr ? "" : FromServer(written.schema) + ".";
  std::vector<std::string> known;
  SpiSession spi(SpiSession::Mode::kReadOnly);
  for (const SpiSession::Row& row : spi.Query(kReadableSql)) {
    std::string qualified = *row[0] + "." + *row[1];
    if (prefix.empty() && *row[1] == name) return "Did you mean \"" + qualified + "\"?";
    known.push_back(std::move(qualified));
  }
  return prefix.empty() ? "" : NearestNameHint(prefix + name, known);
}

// Finds a relation by its possibly qualified, possibly quoted name, as regclass does.
Oid FindRelation(const std::string& text) {
  if (text.empty()) {
    throw StatusError{Status(Code::kInvalidArgument, "argument \"relation\" must not be empty")
                          .WithHint("Give the name of a table or view.")};
  }
  if (text.size() > kMaxNameBytes) {
    throw StatusError{Status(Code::kLimitExceeded, "argument \"relation\" is longer than " +
                                                       std::to_string(kMaxNameBytes) + " bytes")};
  }
  const char* server = ToServer(text);
  const WrittenName written = Call([&]() noexcept {
    RangeVar* range = makeRangeVarFromNameList(SplitQualifiedName(server));
    const Oid oid = RangeVarGetRelid(range, NoLock, true);
    return WrittenName{oid, range->schemaname, range->relname};
  });
  if (OidIsValid(written.oid)) return written.oid;
  throw StatusError{Status(Code::kUndefinedTable, "relation \"" + text + "\" does not exist")
                        .WithHint(HintFor(written))};
}

// Keeps the columns that `names` lists, in the order of the relation.
void KeepColumns(const std::vector<std::string>& names, Target* target) {
  if (names.empty()) {
    throw StatusError{Status(Code::kInvalidArgument, "array \"columns\" must not be empty")
                          .WithHint("Leave it out to profile every column.")};
  }
  std::vector<std::string> known;
  for (const ProfileColumn& column : target->columns) known.push_back(column.name);
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw StatusError{Status(Code::kUndefinedColumn, "column \"" + name + "\" of relation \"" +
                                                         target->name + "\" does not exist")
                          .WithHint(NearestNameHint(name, known))};
  }
  std::vector<ProfileColumn> kept;
  for (ProfileColumn& column : target->columns) {
    if (std::find(names.begin(), names.end(), column.name) == names.end()) continue;
    kept.push_back(std::move(column));
  }
  target->columns = std::move(kept);
}

RowValue TextValue(const std::optional<std::string>& text) {
  return text ? RowValue(TextDatum(*text)) : RowValue();
}

RowValue CountValue(const std::optional<std::int64_t>& count) {
  if (!count) return RowValue();
  return Call([&]() noexcept { return Int64GetDatum(*count); });
}

RowValue FractionValue(const std::optional<double>& fraction) {
  if (!fraction) return RowValue();
  return Call([&]() noexcept { return Float8GetDatum(*fraction); });
}

RowValue TruthValue(const std::optional<bool>& truth) {
  return truth ? RowValue(BoolGetDatum(*truth)) : RowValue();
}

RowValue NumericValue(const std::optional<std::string>& digits) {
  if (!digits) return RowValue();
  const char* text = digits->c_str();
  return Call([&]() noexcept {
    return DirectFunctionCall3(numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid),
                               Int32GetDatum(-1));
  });
}

RowValue JsonValue(const std::optional<Json>& json) {
  return json ? RowValue(JsonbDatum(*json)) : RowValue();
}

// The result row, in the order of sql/install/30_profile.sql.
std::vector<RowValue> ResultRow(const ColumnStatistics& column) {
  return {Int32GetDatum(column.position),
          TextDatum(column.column_name),
          TextDatum(column.data_type),
          CountValue(column.row_count),
          CountValue(column.null_count),
          FractionValue(column.null_fraction),
          CountValue(column.distinct_count),
          TruthValue(column.is_distinct_exact),
          FractionValue(column.distinct_error),
          TruthValue(column.is_unique),
          TextValue(column.min),
          TextValue(column.max),
          NumericValue(column.mean),
          NumericValue(column.stddev),
          TextValue(column.p05),
          TextValue(column.p25),
          TextValue(column.median),
          TextValue(column.p75),
          TextValue(column.p95),
          JsonValue(column.most_common),
          TextValue(column.note)};
}

std::vector<ColumnStatistics> RunProfile(const Target& target, const ProfileOptions& options) {
  const sql::Select query =
      ValueOrThrow(ProfileQuery(target.schema, target.name, target.columns, options));
  ExecuteOptions execute;
  execute.purpose = "profile";
  execute.max_rows = static_cast<std::int64_t>(target.columns.size());
  execute.values = ValueForm::kDigits;
  execute.origin = SqlOrigin::kCompiled;
  execute.limits_cost = false;
  const Execution execution = Execute(sql::Print(query), execute);
  return ValueOrThrow(AssembleStatistics(target.columns, options, execution.rows));
}

// The part that both forms share: arguments 1 and 2 are columns and sample_rows.
Datum ProfileTarget(FunctionCallInfo fcinfo, Oid oid) {
  ProfileOptions options;
  if (!IsNullArgument(fcinfo, 2)) options.sample_rows = PG_GETARG_INT64(2);
  const std::optional<std::vector<std::string>> names = OptionalTextArray(fcinfo, 1, "columns");
  Target target = OpenTarget(oid);
  if (names) KeepColumns(*names, &target);
  RowSink sink(fcinfo);
  if (target.columns.empty()) return NullResult(fcinfo);  // CREATE TABLE t ()
  for (const ColumnStatistics& column : RunProfile(target, options)) sink.Add(ResultRow(column));
  return NullResult(fcinfo);
}

}  // namespace
}  // namespace loupe::pg

using namespace loupe;      // NOLINT(google-build-using-namespace)
using namespace loupe::pg;  // NOLINT(google-build-using-namespace)

LOUPE_FUNCTION(loupe_profile_name) {
  return ProfileTarget(fcinfo, FindRelation(RequiredText(fcinfo, 0, "relation")));
}

LOUPE_FUNCTION(loupe_profile_relation) {
  RequireArgument(fcinfo, 0, "relation");
  return ProfileTarget(fcinfo, PG_GETARG_OID(0));
}
