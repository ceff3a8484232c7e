#include "pg/postgres.hpp"

#include "pg/validate/judge.hpp"

extern "C" {
#include "parser/analyze.h"
#include "tcop/tcopprot.h"
}

#include "pg/validate/functions.hpp"
#include "pg/validate/inspect.hpp"
#include "pg/validate/measure.hpp"
#include "pg/validate/raw_tree.hpp"
#include "pg/validate/refuse.hpp"
#include "pg/validate/text_size.hpp"

namespace loupe::pg {
namespace {

// Names of the allowed functions that the statement calls, for the verdict.
List* NamesOf(const List* functions) {
  List* names = NIL;
  for (int i = 0; i < list_length(functions); ++i) {
    names = lappend(names, const_cast<char*>(SignatureOf(list_nth_oid(functions, i))));
  }
  return names;
}

Query* AnalyzeAndRewrite(RawStmt* statement, const char* sql, Verdict* verdict) {
  verdict->stage = Stage::kAnalyze;
  Query* query = parse_analyze_fixedparams(statement, sql, nullptr, 0, nullptr);
  if (query->commandType != CMD_SELECT || query->utilityStmt != nullptr) {
    (void)Refuse(verdict, "select_only", nullptr, "only SELECT, VALUES or TABLE may run",
                 "Statements that change data or settings are not run.");
    return nullptr;
  }
  const List* rewritten = pg_rewrite_query(query);
  if (list_length(rewritten) != 1) {
    (void)Refuse(verdict, "single_query", nullptr, "a rule turns this into several statements",
                 "Read from the tables behind the rule.");
    return nullptr;
  }
  return linitial_node(Query, rewritten);
}

}  // namespace

const char* StageName(Stage stage) {
  switch (stage) {
    case Stage::kSize:
      return "size";
    case Stage::kParse:
      return "parse";
    case Stage::kAnalyze:
      return "analyze";
    case Stage::kAcl:
      return "acl";
    case Stage::kPlan:
      return "plan";
  }
  return "plan";
}

void Judge(const JudgeRequest& request, Verdict* verdict) {
  if (!JudgeText(request, verdict)) return;
  verdict->stage = Stage::kParse;
  List* statements = pg_parse_query(request.sql);
  List* names = NIL;
  if (!JudgeRawTree(statements, *request.limits, verdict, &names)) return;
  auto* statement = linitial_node(RawStmt, statements);
  Query* query = AnalyzeAndRewrite(statement, request.sql, verdict);
  if (query == nullptr) return;
  Inspection inspection;
  inspection.request = &request;
  inspection.verdict = verdict;
  inspection.names = names;
  if (!InspectQuery(query, &inspection)) return;
  verdict->functions = NamesOf(inspection.functions);
  AttachMeasures(query);
  verdict->query = query;
  verdict->accepted = true;
}

}  // namespace loupe::pg
