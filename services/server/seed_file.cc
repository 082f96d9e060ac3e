#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/domain/calendar.h"
#include "services/server/seed.h"
#include "storage/crypto.h"
#include "storage/directory.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

using nlohmann::json;

constexpr int32_t kForever = storage::kNoEndDay;

absl::Status Wrong(const std::string& place, const char* must) {
  return absl::InvalidArgumentError(absl::StrCat("the seed file: ", place, " ", must));
}

absl::StatusOr<std::string> Text(const json& object, const std::string& place, const char* name) {
  const auto it = object.find(name);
  if (it == object.end() || !it->is_string() || it->get_ref<const std::string&>().empty()) {
    return Wrong(absl::StrCat(place, ".", name), "must be a text");
  }
  return it->get<std::string>();
}

// The enum value with this name, its prefix left out in the file.
template <typename Enum, typename ParseFn>
absl::StatusOr<Enum> Named(const std::string& prefix, const std::string& name, ParseFn parse,
                           const std::string& place) {
  Enum value;
  if (parse(prefix + name, &value) && static_cast<int>(value) != 0) return value;
  return Wrong(place, "is not one of the documented names");
}

// The list with this name, empty when it is left out. Anything else there is an error: a list of
// protected persons or of family that is passed over would open what it is to close.
absl::StatusOr<const json*> List(const json& object, const std::string& place, const char* name) {
  static const json kEmpty = json::array();
  const auto it = object.find(name);
  if (it == object.end()) return &kEmpty;
  if (!it->is_array()) {
    return Wrong(place.empty() ? name : absl::StrCat(place, ".", name), "must be a list");
  }
  return &*it;
}

// INVALID_ARGUMENT when there is a name that is not one of `names`: misspelt, it would do nothing.
absl::Status OnlyNames(const json& object, const std::string& place,
                       std::initializer_list<const char*> names) {
  for (const auto& [name, value] : object.items()) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return Wrong(place.empty() ? name : absl::StrCat(place, ".", name), "is no documented name");
    }
  }
  return absl::OkStatus();
}

// The text with this name, `usual` when it is left out.
absl::StatusOr<std::string> TextOr(const json& object, const std::string& place, const char* name,
                                   const std::string& usual) {
  if (!object.contains(name)) return usual;
  return Text(object, place, name);
}

class SeedReader {
 public:
  SeedReader(const storage::Keys& keys, const domain::IdentifierPolicy& identifiers)
      : keys_(keys), identifiers_(identifiers) {}

  absl::Status Read(const json& file) {
    NAVO_RETURN_IF_ERROR(OnlyNames(
        file, "", {"controllers", "units", "staff", "systems", "participants", "protection"}));
    for (const auto& [name, reader] :
         {std::pair{"controllers", &SeedReader::ReadController},
          std::pair{"units", &SeedReader::ReadUnit}, std::pair{"staff", &SeedReader::ReadStaff},
          std::pair{"systems", &SeedReader::ReadSystem},
          std::pair{"participants", &SeedReader::ReadParticipant},
          std::pair{"protection", &SeedReader::ReadProtection}}) {
      int number = 0;
      NAVO_ASSIGN_OR_RETURN(const json* entries, List(file, "", name));
      for (const json& entry : *entries) {
        const std::string place = absl::StrCat(name, "[", number++, "]");
        if (!entry.is_object()) return Wrong(place, "must be an object");
        NAVO_RETURN_IF_ERROR((this->*reader)(entry, place));
      }
    }
    if (seed.units.empty()) return Wrong("units", "must name at least one unit");
    return absl::OkStatus();
  }

  Seed seed;

 private:
  absl::StatusOr<std::string> Hash(const json& value, const std::string& place) const {
    if (!value.is_string()) return Wrong(place, "must be a national identity number");
    const auto number =
        domain::NationalIdentityNumber::Parse(value.get_ref<const std::string&>(), identifiers_);
    if (!number.ok()) return Wrong(place, "is no national identity number of this profile");
    return storage::HmacSha256(keys_.identity_hmac, number->Reveal());
  }

  absl::Status ReadController(const json& entry, const std::string& place) {
    access::Controller controller;
    NAVO_ASSIGN_OR_RETURN(controller.id, Text(entry, place, "id"));
    NAVO_ASSIGN_OR_RETURN(controller.name, Text(entry, place, "name"));
    NAVO_ASSIGN_OR_RETURN(const std::string kind, Text(entry, place, "kind"));
    NAVO_ASSIGN_OR_RETURN(controller.kind,
                          Named<v1::ControllerKind>("CONTROLLER_KIND_", kind,
                                                    v1::ControllerKind_Parse, place + ".kind"));
    if (!controllers_.insert(controller.id).second) return Wrong(place + ".id", "stands twice");
    NAVO_RETURN_IF_ERROR(OnlyNames(entry, place, {"id", "name", "kind"}));
    seed.controllers.push_back(std::move(controller));
    return absl::OkStatus();
  }

  absl::Status ReadUnit(const json& entry, const std::string& place) {
    SeedUnit unit;
    NAVO_ASSIGN_OR_RETURN(unit.unit.id, Text(entry, place, "id"));
    NAVO_ASSIGN_OR_RETURN(unit.unit.name, Text(entry, place, "name"));
    NAVO_ASSIGN_OR_RETURN(unit.controller, Text(entry, place, "controller"));
    if (!controllers_.contains(unit.controller)) {
      return Wrong(place + ".controller", "must be one of the controllers");
    }
    if (!units_.insert(unit.unit.id).second) return Wrong(place + ".id", "stands twice");
    NAVO_RETURN_IF_ERROR(OnlyNames(entry, place, {"id", "name", "controller"}));
    seed.units.push_back(std::move(unit));
    return absl::OkStatus();
  }

  absl::StatusOr<SeedMembership> ReadMembership(const json& entry, const std::string& place) {
    SeedMembership membership;
    NAVO_ASSIGN_OR_RETURN(membership.unit, Text(entry, place, "unit"));
    if (!units_.contains(membership.unit)) {
      return Wrong(place + ".unit", "must be one of the units");
    }
    NAVO_RETURN_IF_ERROR(OnlyNames(entry, place, {"unit", "roles", "installation", "from", "to"}));
    NAVO_ASSIGN_OR_RETURN(const json* roles, List(entry, place, "roles"));
    for (const json& role : *roles) {
      if (!role.is_string()) return Wrong(place + ".roles", "must be names of roles");
      NAVO_ASSIGN_OR_RETURN(
          const v1::Role value,
          Named<v1::Role>("ROLE_", role.get<std::string>(), v1::Role_Parse, place + ".roles"));
      membership.roles.Add(value);
    }
    if (membership.roles.empty()) return Wrong(place + ".roles", "must name a role");
    const json installation = entry.value("installation", json(false));
    if (!installation.is_boolean()) return Wrong(place + ".installation", "must be true or false");
    membership.installation = installation.get<bool>();
    if (membership.installation && membership.roles != access::RoleSet{v1::ROLE_DRIFT}) {
      return Wrong(place + ".installation", "goes with the role DRIFT alone");
    }
    NAVO_ASSIGN_OR_RETURN(const std::string from, Text(entry, place, "from"));
    const std::optional<int32_t> from_day = domain::ParseDay(from);
    const std::optional<int32_t> to_day =
        entry.contains("to") && entry["to"].is_string()
            ? domain::ParseDay(entry["to"].get_ref<const std::string&>())
            : std::optional<int32_t>(kForever);
    if (!from_day.has_value() || !to_day.has_value() || *to_day < *from_day) {
      return Wrong(place, "must have a period: from, and to if it ends, as yyyy-mm-dd");
    }
    membership.valid_from_day = *from_day;
    membership.valid_to_day = *to_day;
    return membership;
  }

  absl::Status ReadPrincipal(const json& entry, const std::string& place,
                             access::PrincipalKind kind) {
    SeedPrincipal principal;
    principal.principal.kind = kind;
    NAVO_ASSIGN_OR_RETURN(principal.principal.name, Text(entry, place, "name"));
    NAVO_ASSIGN_OR_RETURN(principal.principal.issuer, Text(entry, place, "issuer"));
    NAVO_ASSIGN_OR_RETURN(principal.principal.subject, Text(entry, place, "subject"));
    NAVO_RETURN_IF_ERROR(
        OnlyNames(entry, place,
                  {"key", "name", "issuer", "subject", "memberships", "imports", "follows",
                   "sets_protection", "national_identity_number", "family"}));
    NAVO_ASSIGN_OR_RETURN(const json* memberships, List(entry, place, "memberships"));
    for (const json& membership : *memberships) {
      if (!membership.is_object()) return Wrong(place + ".memberships", "must be objects");
      NAVO_ASSIGN_OR_RETURN(SeedMembership read,
                            ReadMembership(membership, place + ".memberships"));
      principal.memberships.push_back(std::move(read));
    }
    NAVO_ASSIGN_OR_RETURN(const json* formats, List(entry, place, "imports"));
    for (const json& format : *formats) {
      NAVO_ASSIGN_OR_RETURN(
          const v1::ImportFormat value,
          Named<v1::ImportFormat>("IMPORT_FORMAT_", format.is_string() ? format : json(""),
                                  v1::ImportFormat_Parse, place + ".imports"));
      principal.principal.imports.push_back(value);
    }
    NAVO_ASSIGN_OR_RETURN(const json* categories, List(entry, place, "follows"));
    for (const json& category : *categories) {
      NAVO_ASSIGN_OR_RETURN(
          const v1::Category value,
          Named<v1::Category>("CATEGORY_", category.is_string() ? category : json(""),
                              v1::Category_Parse, place + ".follows"));
      principal.principal.follows.Add(value);
    }
    const json sets_protection = entry.value("sets_protection", json(false));
    if (!sets_protection.is_boolean()) {
      return Wrong(place + ".sets_protection", "must be true or false");
    }
    principal.principal.sets_protection = sets_protection.get<bool>();
    if (entry.contains("national_identity_number")) {
      NAVO_ASSIGN_OR_RETURN(std::string hash, Hash(entry["national_identity_number"],
                                                   place + ".national_identity_number"));
      principal.own_hashes.push_back(std::move(hash));
    }
    NAVO_ASSIGN_OR_RETURN(const json* family, List(entry, place, "family"));
    for (const json& number : *family) {
      NAVO_ASSIGN_OR_RETURN(std::string hash, Hash(number, place + ".family"));
      principal.own_hashes.push_back(std::move(hash));
    }
    const bool staff = kind == access::PrincipalKind::kStaff;
    NAVO_ASSIGN_OR_RETURN(std::string key,
                          TextOr(entry, place, "key", principal.principal.subject));
    seed.people.push_back({std::move(key), principal.principal.name, principal.principal.issuer,
                           principal.principal.subject, staff ? "STAFF" : "SYSTEM", ""});
    seed.principals.push_back(std::move(principal));
    return absl::OkStatus();
  }

  absl::Status ReadStaff(const json& entry, const std::string& place) {
    return ReadPrincipal(entry, place, access::PrincipalKind::kStaff);
  }

  absl::Status ReadSystem(const json& entry, const std::string& place) {
    return ReadPrincipal(entry, place, access::PrincipalKind::kSystem);
  }

  // Participants sign in with their own number; the file names some for trial tokens alone.
  absl::Status ReadParticipant(const json& entry, const std::string& place) {
    NAVO_RETURN_IF_ERROR(
        OnlyNames(entry, place, {"key", "name", "issuer", "subject", "national_identity_number"}));
    TrialPerson person;
    person.kind = "PARTICIPANT";
    NAVO_ASSIGN_OR_RETURN(person.key, Text(entry, place, "key"));
    NAVO_ASSIGN_OR_RETURN(person.name, Text(entry, place, "name"));
    NAVO_ASSIGN_OR_RETURN(person.subject, Text(entry, place, "subject"));
    NAVO_RETURN_IF_ERROR(Hash(entry.value("national_identity_number", json()), place).status());
    person.pid = entry["national_identity_number"].get<std::string>();
    NAVO_ASSIGN_OR_RETURN(person.issuer, TextOr(entry, place, "issuer", ""));
    seed.people.push_back(std::move(person));
    return absl::OkStatus();
  }

  absl::Status ReadProtection(const json& entry, const std::string& place) {
    SeedProtection protection;
    NAVO_ASSIGN_OR_RETURN(protection.identifier_hash,
                          Hash(entry.value("national_identity_number", json()), place));
    NAVO_ASSIGN_OR_RETURN(const std::string grading, Text(entry, place, "grading"));
    using storage::Grading;
    static const std::map<std::string, Grading> kGradings = {
        {"UGRADERT", Grading::kUgradert},
        {"FORTROLIG", Grading::kFortrolig},
        {"STRENGT_FORTROLIG", Grading::kStrengtFortrolig},
        {"STRENGT_FORTROLIG_UTLAND", Grading::kStrengtFortroligUtland},
        {"UKJENT", Grading::kUkjent}};
    const auto it = kGradings.find(grading);
    if (it == kGradings.end()) return Wrong(place + ".grading", "is no documented grading");
    const json shielded = entry.value("shielded", json(false));
    if (!shielded.is_boolean()) return Wrong(place + ".shielded", "must be true or false");
    NAVO_RETURN_IF_ERROR(
        OnlyNames(entry, place, {"national_identity_number", "grading", "shielded"}));
    protection.protection = {it->second, shielded.get<bool>()};
    seed.protections.push_back(std::move(protection));
    return absl::OkStatus();
  }

  const storage::Keys& keys_;
  const domain::IdentifierPolicy identifiers_;
  std::set<std::string> controllers_;
  std::set<std::string> units_;
};

}  // namespace

absl::StatusOr<Seed> LoadSeed(const std::string& path, const storage::Keys& keys,
                              const domain::IdentifierPolicy& identifiers) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("there is no seed file ", path));
  const json content = json::parse(file, nullptr, false);
  if (!content.is_object()) return Wrong(path, "is not a JSON object");
  SeedReader reader(keys, identifiers);
  NAVO_RETURN_IF_ERROR(reader.Read(content));
  return std::move(reader.seed);
}

}  // namespace navo::services
