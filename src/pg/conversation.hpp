// Conversation: the last whole question of each conversation of this session.
//
// Kept in the session's memory alone, for the role that asked, and no longer than the session:
// nothing is written anywhere. Of kMaxConversations the one that was used longest ago gives way.
//
// Tested by test/pgtap/70_ask.sql.
#ifndef LOUPE_PG_CONVERSATION_HPP
#define LOUPE_PG_CONVERSATION_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace loupe::pg {

constexpr std::size_t kMaxConversations = 16;

// The caller's last question there; nothing where the conversation is new or forgotten.
[[nodiscard]] std::optional<std::string> LastQuestion(std::int64_t conversation);

// Keeps the question as the caller's last one there.
void KeepQuestion(std::int64_t conversation, const std::string& question);

}  // namespace loupe::pg

#endif  // LOUPE_PG_CONVERSATION_HPP
