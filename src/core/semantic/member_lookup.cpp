#include "core/semantic/member_lookup.hpp"

#include "core/base/nearest.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kShownBytes = 200;

Status UnknownMember(const Model& model, std::string_view name, const std::string& pointer) {
  return Status(Code::kSemanticUnknownMember,
                "unknown member " + Shown(name) + " of model " + Shown(model.name))
      .WithHint(NearestNameHint(name, model.MemberNames()))
      .At(pointer);
}

}  // namespace

std::string Shown(std::string_view text) {
  if (text.size() <= kShownBytes) return "\"" + std::string(text) + "\"";
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return "\"" + std::string(text.substr(0, end)) + "…\"";
}

Result<FoundMember> FindMember(const Model& model, std::string_view name,
                               const std::string& pointer) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return UnknownMember(model, name, pointer);
  FoundMember found;
  found.entity = model.FindEntity(name.substr(0, dot));
  if (found.entity == nullptr) return UnknownMember(model, name, pointer);
  std::string_view member = name.substr(dot + 1);
  const std::size_t suffix = member.find('.');
  if (suffix != std::string_view::npos) {
    found.granularity = ParseTimeUnit(member.substr(suffix + 1));
    if (!found.granularity) return UnknownMember(model, name, pointer);
    member = member.substr(0, suffix);
  }
  found.dimension = found.entity->FindDimension(member);
  found.measure = found.entity->FindMeasure(member);
  const bool is_public = (found.dimension != nullptr && found.dimension->is_public) ||
                         (found.measure != nullptr && found.measure->is_public);
  if (!is_public || (found.granularity && found.dimension == nullptr)) {
    return UnknownMember(model, name, pointer);
  }
  return found;
}

}  // namespace loupe::semantic
