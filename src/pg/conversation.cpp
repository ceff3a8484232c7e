#include "pg/postgres.hpp"

extern "C" {
#include "miscadmin.h"
#include "utils/memutils.h"
}

#include "pg/boundary.hpp"
#include "pg/conversation.hpp"

#include <algorithm>

namespace loupe::pg {
namespace {

struct Turn {
  Oid role = InvalidOid;
  std::int64_t conversation = 0;
  std::uint64_t last_use = 0;
  char* question = nullptr;  // in TopMemoryContext
};

Turn turns[kMaxConversations];
std::uint64_t use_count;

Turn* FindTurn(std::int64_t conversation) {
  const Oid role = GetUserId();
  for (Turn& turn : turns) {
    if (turn.question != nullptr && turn.role == role && turn.conversation == conversation) {
      return &turn;
    }
  }
  return nullptr;
}

}  // namespace

std::optional<std::string> LastQuestion(std::int64_t conversation) {
  Turn* turn = FindTurn(conversation);
  if (turn == nullptr) return std::nullopt;
  turn->last_use = ++use_count;
  return std::string(turn->question);
}

void KeepQuestion(std::int64_t conversation, const std::string& question) {
  Turn* turn = FindTurn(conversation);
  if (turn == nullptr) {
    turn = std::min_element(std::begin(turns), std::end(turns),
                            [](const Turn& a, const Turn& b) { return a.last_use < b.last_use; });
  }
  char* copy =
      Call([&]() noexcept { return MemoryContextStrdup(TopMemoryContext, question.c_str()); });
  if (turn->question != nullptr) {
    Call([&]() noexcept { pfree(turn->question); });
  }
  *turn = {GetUserId(), conversation, ++use_count, copy};
}

}  // namespace loupe::pg
