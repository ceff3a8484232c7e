// The rights of the owner of one of the extension's tables, for its own fixed SQL alone: what the
// callers of a function must neither write nor read themselves.
#ifndef LOUPE_PG_AS_OWNER_HPP
#define LOUPE_PG_AS_OWNER_HPP

#include "pg/boundary.hpp"

namespace loupe::pg {

// The owner of a relation; InvalidOid when there is none. For use inside Call().
[[nodiscard]] Oid OwnerOf(Oid relation);

// Has the rights of that role for its lifetime, under which nobody else's code may change the
// session: what VACUUM and REINDEX do, and foreign keys when they look into the other table.
class AsOwner {
 public:
  explicit AsOwner(Oid owner);
  ~AsOwner();
  AsOwner(const AsOwner&) = delete;
  AsOwner& operator=(const AsOwner&) = delete;

 private:
  Oid user_ = InvalidOid;
  int context_ = 0;
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_AS_OWNER_HPP
