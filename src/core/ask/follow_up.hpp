// FollowUp: the whole question that a question stands for which follows up on another.
//
//   How many orders from France?            and by status?        How many orders from France by
//                                                                  status
//   … from France by status                 what about Germany?   … from Germany by status
//   … from Germany by status                only 2024             … from Germany by status in 2024
//   … from Germany by status in 2024        in 2025               … from Germany by status in 2025
//   … from Germany by status in 2025        from France and by    … from France by month in 2025
//                                             month
//
// A group takes the place of a group, a time of a time, a value of the one value that shares a
// column with it; what takes no place is added. The result is a question like any other, so that
// the conversation needs no memory but its text, and a person can read what was made of it.
//
// Tested by test/unit/ask_follow_up_test.cpp.
#ifndef LOUPE_CORE_ASK_FOLLOW_UP_HPP
#define LOUPE_CORE_ASK_FOLLOW_UP_HPP

#include <string>
#include <string_view>
#include <vector>

#include "core/ask/taught_word.hpp"
#include "core/ask/values.hpp"
#include "core/base/calendar.hpp"
#include "core/base/context.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

struct ModelTerms;

// The merged question; `question` itself where it follows up on nothing. `words` are those that
// were taught of the model, `terms` the model's own where they are kept. Asks `values` twice at
// most. Errors: those of Tokenize.
[[nodiscard]] Result<std::string> WholeQuestion(
    std::string_view previous, std::string_view question, const semantic::Model& model,
    const ValueSource& values, const DateTime& now, const Context& context,
    const std::vector<TaughtWord>& words = {}, const ModelTerms* terms = nullptr);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_FOLLOW_UP_HPP
