#include "pg/postgres.hpp"

#include "pg/sqlstate.hpp"

namespace loupe::pg {

int SqlState(Code code) {
  switch (code) {
    case Code::kOk:
      return ERRCODE_SUCCESSFUL_COMPLETION;
    case Code::kNullValue:
      return ERRCODE_NULL_VALUE_NOT_ALLOWED;
    case Code::kInvalidArgument:
      return ERRCODE_INVALID_PARAMETER_VALUE;
    case Code::kInvalidJson:
      return ERRCODE_INVALID_JSON_TEXT;
    case Code::kInvalidText:
      return ERRCODE_CHARACTER_NOT_IN_REPERTOIRE;
    case Code::kLimitExceeded:
      return ERRCODE_PROGRAM_LIMIT_EXCEEDED;
    case Code::kNotSupported:
      return ERRCODE_FEATURE_NOT_SUPPORTED;
    case Code::kUndefinedTable:
      return ERRCODE_UNDEFINED_TABLE;
    case Code::kUndefinedColumn:
      return ERRCODE_UNDEFINED_COLUMN;
    case Code::kUndefinedFunction:
      return ERRCODE_UNDEFINED_FUNCTION;
    case Code::kNoPrivilege:
      return ERRCODE_INSUFFICIENT_PRIVILEGE;
    case Code::kInternal:
      return ERRCODE_INTERNAL_ERROR;
    case Code::kAskEmptyQuestion:
      return MAKE_SQLSTATE('L', 'P', '1', '0', '1');
    case Code::kAskNothingReadable:
      return MAKE_SQLSTATE('L', 'P', '1', '0', '2');
    case Code::kProfileNotRelation:
      return MAKE_SQLSTATE('L', 'P', '2', '0', '1');
    case Code::kSemanticInvalidModel:
      return MAKE_SQLSTATE('L', 'P', '3', '0', '1');
    case Code::kSemanticNoModel:
      return MAKE_SQLSTATE('L', 'P', '3', '0', '2');
    case Code::kSemanticAmbiguousModel:
      return MAKE_SQLSTATE('L', 'P', '3', '0', '3');
    case Code::kSemanticInvalidQuery:
      return MAKE_SQLSTATE('L', 'P', '3', '0', '4');
    case Code::kSemanticUnknownMember:
      return MAKE_SQLSTATE('L', 'P', '3', '0', '5');
    case Code::kSemanticNoJoinPath:
      return MAKE_SQLSTATE('L', 'P', '3', '0', '6');
    case Code::kSemanticAmbiguousPath:
      return MAKE_SQLSTATE('L', 'P', '3', '0', '7');
    case Code::kSemanticTypeMismatch:
      return MAKE_SQLSTATE('L', 'P', '3', '0', '8');
    case Code::kChartInvalidSpec:
      return MAKE_SQLSTATE('L', 'P', '4', '0', '1');
    case Code::kChartNotSupported:
      return MAKE_SQLSTATE('L', 'P', '4', '0', '2');
    case Code::kChartInvalidData:
      return MAKE_SQLSTATE('L', 'P', '4', '0', '3');
    case Code::kChartFont:
      return MAKE_SQLSTATE('L', 'P', '4', '0', '4');
    case Code::kGateRefused:
      return MAKE_SQLSTATE('L', 'P', '7', '0', '1');
    case Code::kGateRowLimit:
      return MAKE_SQLSTATE('L', 'P', '7', '0', '2');
    case Code::kGateByteLimit:
      return MAKE_SQLSTATE('L', 'P', '7', '0', '3');
    case Code::kGateTimeLimit:
      return ERRCODE_QUERY_CANCELED;
    case Code::kGateMemoryLimit:
      return MAKE_SQLSTATE('L', 'P', '7', '0', '5');
    case Code::kGatePlanTimeLimit:
      return MAKE_SQLSTATE('L', 'P', '7', '0', '6');
    case Code::kGateArgumentSize:
      return MAKE_SQLSTATE('L', 'P', '7', '0', '7');
  }
  return ERRCODE_INTERNAL_ERROR;
}

}  // namespace loupe::pg
