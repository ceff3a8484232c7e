#include "core/ask/term_index.hpp"

#include <utility>

#include "core/base/nearest.hpp"

namespace loupe::ask {
namespace {

constexpr std::size_t kNodeBytes = 48;    // of an entry of a map, besides what it holds
constexpr std::size_t kInlineBytes = 15;  // that a string holds without a place of its own
constexpr std::size_t kMallocBytes = 16;  // that each place takes besides

std::size_t BytesOf(const std::string& text) {
  const bool is_inline = text.capacity() <= kInlineBytes;
  return sizeof(std::string) + (is_inline ? 0 : text.capacity() + kMallocBytes);
}

template <class Items>
std::size_t BytesOf(const std::map<std::string, Items>& map) {
  std::size_t bytes = 0;
  for (const auto& [key, items] : map) {
    bytes += kNodeBytes + BytesOf(key) + sizeof items + kMallocBytes +
             items.capacity() * sizeof(items[0]);
  }
  return bytes;
}

}  // namespace

void TermIndex::Add(Term term) {
  const auto place = static_cast<std::uint32_t>(terms_.size());
  for (std::size_t slot = 0; slot < term.slots.size(); ++slot) {
    for (const std::string& stem : term.slots[slot]) {
      index_[stem].push_back({place, static_cast<std::uint32_t>(slot)});
    }
  }
  terms_.push_back(std::move(term));
}

void TermIndex::AddJoined(std::string stem) {
  joined_[std::move(stem)].push_back(static_cast<std::uint32_t>(terms_.size() - 1));
}

void TermIndex::Finish() { terms_.shrink_to_fit(); }

const std::vector<TermIndex::Posting>* TermIndex::Find(const std::string& stem) const {
  const auto found = index_.find(stem);
  return found == index_.end() ? nullptr : &found->second;
}

const std::vector<std::uint32_t>* TermIndex::FindJoined(const std::string& stem) const {
  const auto found = joined_.find(stem);
  return found == joined_.end() ? nullptr : &found->second;
}

std::vector<std::string> TermIndex::NearStems(const std::string& stem,
                                              std::size_t min_bytes) const {
  std::vector<std::string> near;
  for (const auto& entry : index_) {
    if (entry.first.size() >= min_bytes && EditDistance(stem, entry.first, 1) <= 1) {
      near.push_back(entry.first);
    }
  }
  return near;
}

std::size_t TermIndex::bytes() const {
  std::size_t bytes = terms_.capacity() * sizeof(Term) + BytesOf(index_) + BytesOf(joined_);
  for (const Term& term : terms_) {
    bytes += kMallocBytes + term.slots.capacity() * sizeof(Term::Slot);
    for (const Term::Slot& slot : term.slots) {
      bytes += kMallocBytes + (slot.capacity() - slot.size()) * sizeof(std::string);
      for (const std::string& stem : slot) bytes += BytesOf(stem);
    }
  }
  return bytes;
}

}  // namespace loupe::ask
