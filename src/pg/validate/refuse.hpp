// How a rule says no: the first refusal stands, later ones do not overwrite it.
#ifndef LOUPE_PG_VALIDATE_REFUSE_HPP
#define LOUPE_PG_VALIDATE_REFUSE_HPP

#include "pg/validate/verdict.hpp"

namespace loupe::pg {

// Writes rule, object, message and hint into the verdict and returns false. The strings are
// constants or lie in the memory context of the judgement.
inline bool Refuse(Verdict* verdict, const char* rule, const char* object, const char* message,
                   const char* hint) {
  if (verdict->rule != nullptr) return false;
  verdict->accepted = false;
  verdict->rule = rule;
  verdict->object = object;
  verdict->message = message;
  verdict->hint = hint;
  return false;
}

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_REFUSE_HPP
