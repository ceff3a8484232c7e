// Context: what a long-running core function may ask of its host.
//
// The core has no globals. Where the host is PostgreSQL, Poll() looks at the interrupt flag and
// throws when the statement was cancelled; in the command-line tool and in tests it counts or does
// nothing. Not safe for concurrent use.
#ifndef LOUPE_CORE_BASE_CONTEXT_HPP
#define LOUPE_CORE_BASE_CONTEXT_HPP

namespace loupe {

class Context {
 public:
  using PollFunction = void (*)(void* data);

  Context() = default;
  explicit Context(PollFunction poll, void* data = nullptr) : poll_(poll), data_(data) {}

  // Gives the host a chance to end the work; may throw the host's own exception. Loops over rows,
  // tokens, marks and pixels call it at least every kPollInterval steps.
  void Poll() const {
    if (poll_ != nullptr) poll_(data_);
  }

  static constexpr int kPollInterval = 1024;

 private:
  PollFunction poll_ = nullptr;
  void* data_ = nullptr;
};

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_CONTEXT_HPP
