#include "pg/postgres.hpp"

#include "pg/validate/text_size.hpp"

extern "C" {
#include "miscadmin.h"
#include "parser/scanner.h"
}

#include "pg/validate/refuse.hpp"

#include <cstring>

namespace loupe::pg {
namespace {

constexpr int kPollTokens = 1024;

// Byte offset of the bracket that opens one level too many; -1 = there is none.
int FindDeepBracket(const char* sql, int max_nesting) {
  core_yy_extra_type extra;
  core_yyscan_t scanner = scanner_init(sql, &extra, &ScanKeywords, ScanKeywordTokens);
  core_YYSTYPE value;
  YYLTYPE location = 0;
  int nesting = 0;
  int deep = -1;
  int tokens = 0;
  for (int token = core_yylex(&value, &location, scanner); token != 0;
       token = core_yylex(&value, &location, scanner)) {
    if (++tokens % kPollTokens == 0) CHECK_FOR_INTERRUPTS();
    if (token == '(' || token == '[') {
      if (++nesting > max_nesting) {
        deep = location;
        break;
      }
    }
    if (token == ')' || token == ']') --nesting;
  }
  scanner_finish(scanner);
  return deep;
}

}  // namespace

bool JudgeText(const JudgeRequest& request, Verdict* verdict) {
  verdict->stage = Stage::kSize;
  const JudgeLimits& limits = *request.limits;
  if (std::strlen(request.sql) > limits.max_bytes) {
    return Refuse(verdict, "sql_length", nullptr, "statement is too long",
                  "Ask for fewer columns or shorter lists of values.");
  }
  const int deep = FindDeepBracket(request.sql, limits.max_nesting);
  if (deep < 0) return true;
  verdict->location = deep;
  return Refuse(verdict, "nesting", nullptr,
                psprintf("brackets nest deeper than %d levels", limits.max_nesting),
                "Leave brackets that change nothing away, or use WITH queries.");
}

}  // namespace loupe::pg
