// Bind: chooses for every phrase of an outline what it means in the model, all phrases together.
//
//   outputs [names], mentions [singers]     name: singer.name, stadium.name, …
//     = outputs [singer.name]               the one whose entity is spoken of
//
// Each word brings how well it fits, each entity how far it lies from the others that are spoken
// of: a beam of the best partial choices is kept from phrase to phrase.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_BIND_HPP
#define LOUPE_CORE_ASK_BIND_HPP

#include <string>
#include <vector>

#include "core/ask/form.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/outline.hpp"
#include "core/ask/trace.hpp"
#include "core/base/context.hpp"

namespace loupe::ask {

struct Bindings {
  std::vector<Form> forms;  // best first
  std::string failure;      // why there is none, in words
};

[[nodiscard]] Bindings BindOutline(const Outline& outline, const std::vector<Token>& tokens,
                                   const semantic::Model& model, const Lexicon& lexicon,
                                   const Context& context, Trace* trace = nullptr);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_BIND_HPP
