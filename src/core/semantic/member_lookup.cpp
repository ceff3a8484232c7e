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

std::string FoundMember::Name() const {
  const std::string& member = dimension != nullptr ? dimension->name
                              : measure != nullptr ? measure->name
                                                   : segment->name;
  return entity->name + "." + member;
}

FoundMember FindAnyMember(const Model& model, std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return {};
  FoundMember found;
  found.entity = model.FindEntity(name.substr(0, dot));
  if (found.entity == nullptr) return {};
  std::string_view member = name.substr(dot + 1);
  const std::size_t suffix = member.find('.');
  if (suffix != std::string_view::npos) {
    found.granularity = member.substr(suffix + 1);
    member = member.substr(0, suffix);
  }
  found.dimension = found.entity->FindDimension(member);
  found.measure = found.entity->FindMeasure(member);
  found.segment = found.entity->FindSegment(member);
  const bool is_none =
      found.dimension == nullptr && found.measure == nullptr && found.segment == nullptr;
  const bool is_cut = suffix != std::string_view::npos;
  if (is_none || (is_cut && (found.dimension == nullptr || found.granularity.empty()))) return {};
  return found;
}

FoundMember FindReference(const Model& model, const Entity& home, std::string_view name) {
  if (name.find('.') != std::string_view::npos) return FindAnyMember(model, name);
  FoundMember found;
  found.dimension = home.FindDimension(name);
  found.measure = home.FindMeasure(name);
  if (found.dimension != nullptr || found.measure != nullptr) found.entity = &home;
  return found;
}

Result<FoundMember> FindMember(const Model& model, std::string_view name,
                               const std::string& pointer) {
  FoundMember found = FindAnyMember(model, name);
  if (found.entity == nullptr || !found.entity->is_public) {
    return UnknownMember(model, name, pointer);
  }
  const bool is_public = found.dimension != nullptr ? found.dimension->is_public
                         : found.measure != nullptr ? found.measure->is_public
                                                    : found.segment->is_public;
  if (!is_public) return UnknownMember(model, name, pointer);
  return found;
}

}  // namespace loupe::semantic
