#include "core/base/status.hpp"

#include <gtest/gtest.h>

#include "core/base/context.hpp"

namespace loupe {
namespace {

Result<int> Half(int value) {
  if (value % 2 == 0) return value / 2;
  return Status(Code::kInvalidArgument, "\"value\" is odd")
      .WithDetail("It is odd.")
      .WithHint("Pass an even one.")
      .At("/value");
}

Status CheckQuarter(int value) {
  LOUPE_ASSIGN_OR_RETURN(const int half, Half(value));
  LOUPE_RETURN_IF_ERROR(Half(half).status());
  return Status::Ok();
}

TEST(Status, IsOkWithoutACode) {
  EXPECT_TRUE(Status().ok());
  EXPECT_EQ(Status::Ok().code(), Code::kOk);
}

TEST(Result, HoldsTheValueOrTheReason) {
  EXPECT_EQ(Half(4).value(), 2);
  const Status status = Half(3).status();
  EXPECT_EQ(status.code(), Code::kInvalidArgument);
  EXPECT_EQ(status.message(), "\"value\" is odd");
  EXPECT_EQ(status.detail(), "It is odd.");
  EXPECT_EQ(status.hint(), "Pass an even one.");
  EXPECT_EQ(status.pointer(), "/value");
}

TEST(Result, LeavesEarlyThroughTheMacros) {
  EXPECT_TRUE(CheckQuarter(4).ok());
  EXPECT_FALSE(CheckQuarter(3).ok());
  EXPECT_FALSE(CheckQuarter(6).ok());
}

TEST(Context, PollsItsHostAndMayHaveNone) {
  Context().Poll();
  int polls = 0;
  const Context context([](void* data) { ++*static_cast<int*>(data); }, &polls);
  context.Poll();
  context.Poll();
  EXPECT_EQ(polls, 2);
}

}  // namespace
}  // namespace loupe
