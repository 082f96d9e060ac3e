// navo admin: who answers for what, who works where and in which role.
#include "clients/cli/admin_find.h"
#include "clients/cli/admin_view.h"
#include "clients/cli/commands.h"
#include "clients/cli/national_identity_number.h"
#include "navo/v1/admin.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::AdminService::Stub;

constexpr size_t kWholeId = 36;

// What is said when it is done.
template <class Response>
auto Say(Context& context, const std::string& words) {
  return [&context, words](const Response&) { context.out() << words << "\n"; };
}

void AddControllers(CommandLine& line, CLI::App& noun) {
  Command<v1::ListControllersRequest> list(
      line, noun, "controllers", "List the controllers you administer.", "navo admin controllers");
  list.Reading();
  list.Calls(&Stub::ListControllers, PrintControllers);

  Command<v1::CreateControllerRequest> create(
      line, noun, "create-controller", "Make a controller; for who administers the installation.",
      "navo admin create-controller bergen-vo --kind vo --name \"Bergen voksenopplæring\"");
  create.Field("ID", "controller_id", "Its id, for good: a-z, 0-9 and '-'")->required();
  create.Field("--kind", "kind", "What it is, for good")->required();
  create.Field("--name", "name", "What people call it")->required();
  create.Writing();
  create.Calls(&Stub::CreateController, [](Context& context, const auto&) {
    context.out() << "Made. Give it a unit: navo admin create-unit.\n";
  });

  Command<v1::RenameControllerRequest> rename(
      line, noun, "rename-controller", "Change what people call a controller.",
      "navo admin rename-controller bergen-vo --name \"Bergen VO\"");
  rename.Field("ID", "controller_id", "Which")->required();
  rename.Field("--name", "name", "What people call it")->required();
  rename.Writing();
  rename.Does([&context = line.context](v1::RenameControllerRequest& request) {
    auto etag = ControllerEtag(context, request.controller_id());
    if (!etag.ok()) return etag.status();
    request.set_etag(*std::move(etag));
    return context.Show(&Stub::RenameController, request,
                        Say<v1::RenameControllerResponse>(context, "Renamed."));
  });

  Command<v1::CloseControllerRequest> close(
      line, noun, "close-controller", "Close a controller for good, when its units are closed.",
      "navo admin close-controller bergen-vo");
  close.Field("ID", "controller_id", "Which")->required();
  close.Writing();
  close.Does([&context = line.context](v1::CloseControllerRequest& request) {
    auto etag = ControllerEtag(context, request.controller_id());
    if (!etag.ok()) return etag.status();
    request.set_etag(*std::move(etag));
    return context.Show(&Stub::CloseController, request,
                        Say<v1::CloseControllerResponse>(context, "Closed."));
  });
}

void AddReopen(CommandLine& line, CLI::App& noun) {
  Command<v1::ReopenUnitRequest> reopen(line, noun, "reopen-unit",
                                        "Open a closed unit again, with the cases it had.",
                                        "navo admin reopen-unit bergen-sentrum");
  reopen.Field("ID", "unit_id", "Which")->required();
  reopen.Writing();
  reopen.Does([&context = line.context](v1::ReopenUnitRequest& request) {
    auto etag = UnitEtag(context, request.unit_id());
    if (!etag.ok()) return etag.status();
    request.set_etag(*std::move(etag));
    return context.Show(
        &Stub::ReopenUnit, request,
        Say<v1::ReopenUnitResponse>(context, "Open. Give it members: navo admin add-member."));
  });
}

void AddUnits(CommandLine& line, CLI::App& noun) {
  Command<v1::ListUnitsRequest> list(line, noun, "units", "List the units you administer.",
                                     "navo admin units");
  list.Reading();
  list.Calls(&Stub::ListUnits, PrintUnits);

  Command<v1::CreateUnitRequest> create(
      line, noun, "create-unit", "Make a unit of a controller.",
      "navo admin create-unit bergen-sentrum --controller bergen-vo --name \"Sentrum\"");
  create.Field("ID", "unit_id", "Its id, for good: a-z, 0-9 and '-'")->required();
  create.Field("--controller", "controller_id", "Whose it is, for good")->required();
  create.Field("--name", "name", "What people call it")->required();
  create.Writing();
  create.Calls(&Stub::CreateUnit, [](Context& context, const auto&) {
    context.out() << "Made. Give it members: navo admin add-member.\n";
  });

  Command<v1::RenameUnitRequest> rename(line, noun, "rename-unit",
                                        "Change what people call a unit.",
                                        "navo admin rename-unit bergen-sentrum --name Sentrum");
  rename.Field("ID", "unit_id", "Which")->required();
  rename.Field("--name", "name", "What people call it")->required();
  rename.Writing();
  rename.Does([&context = line.context](v1::RenameUnitRequest& request) {
    auto etag = UnitEtag(context, request.unit_id());
    if (!etag.ok()) return etag.status();
    request.set_etag(*std::move(etag));
    return context.Show(&Stub::RenameUnit, request,
                        Say<v1::RenameUnitResponse>(context, "Renamed."));
  });

  Command<v1::CloseUnitRequest> close(line, noun, "close-unit",
                                      "Close a unit, when its memberships have ended.",
                                      "navo admin close-unit bergen-sentrum");
  close.Field("ID", "unit_id", "Which")->required();
  close.Writing();
  close.Does([&context = line.context](v1::CloseUnitRequest& request) {
    auto etag = UnitEtag(context, request.unit_id());
    if (!etag.ok()) return etag.status();
    request.set_etag(*std::move(etag));
    return context.Show(&Stub::CloseUnit, request, Say<v1::CloseUnitResponse>(context, "Closed."));
  });
  AddReopen(line, noun);
}

void AddRegistering(CommandLine& line, CLI::App& noun, v1::PrincipalKind kind) {
  const bool staff = kind == v1::PRINCIPAL_KIND_STAFF;
  Command<v1::CreatePrincipalRequest> create(
      line, noun, staff ? "create-staff" : "create-system",
      staff ? "Register a person who works for you, before a membership."
            : "Register a system, with what it may do, before a membership.",
      staff ? "navo admin create-staff --issuer https://login.example --subject Z990001 \\\n"
              "    --name \"Kari Nordby\""
            : "navo admin create-system --issuer https://login.example --subject fagsystem \\\n"
              "    --name Fagsystem --import vo-elever --follow plan");
  create.request()->set_kind(kind);
  create.Field("--issuer", "issuer", "Who signs the tokens, as they say")->required();
  create.Field("--subject", "subject", "Who it is to that issuer, as the tokens say")->required();
  create.Field("--name", "name", "Its name")->required();
  if (!staff) {
    create.Field("--import", "imports", "A format it may import");
    create.Field("--follow", "follows", "A category it may follow in the feed");
    create.Field("--sets-protection", "sets_protection",
                 "It may say how people are protected; for who administers the installation");
  }
  create.Writing();
  create.Calls(&Stub::CreatePrincipal,
               [](Context& context, const v1::CreatePrincipalResponse& response) {
                 context.out() << response.principal_id() << "\n";
               });
}

void AddUpdate(CommandLine& line, CLI::App& noun) {
  Command<v1::UpdatePrincipalRequest> update(
      line, noun, "update", "Change the name, or the whole scope of a system.",
      "navo admin update vo-system --name \"VO-system\" --import vo-elever --follow plan");
  update.Field("WHO", "principal_id", "Subject, or the id or the beginning of it")->required();
  update.Field("--name", "name", "The name; as it is without it");
  update.Field("--import", "imports", "A format it may import; all others are taken away");
  update.Field("--follow", "follows", "A category it may follow; all others are taken away");
  update.Field("--sets-protection", "sets_protection",
               "It may say how people are protected; for who administers the installation");
  const auto taken_away = std::make_shared<bool>(false);
  update.app()->add_flag("--no-sets-protection", *taken_away,
                         "It may not say any more how people are protected");
  update.Writing();
  update.Does([&context = line.context, taken_away](v1::UpdatePrincipalRequest& request) {
    const auto one = FindPrincipal(context, request.principal_id());
    if (!one.ok()) return one.status();
    request.set_principal_id(one->principal_id());
    request.set_etag(one->etag());
    if (request.name().empty()) request.set_name(one->name());
    if (request.imports().empty() && request.follows().empty()) {
      *request.mutable_imports() = one->imports();
      *request.mutable_follows() = one->follows();
    }
    request.set_sets_protection((request.sets_protection() || one->sets_protection()) &&
                                !*taken_away);
    return context.Show(&Stub::UpdatePrincipal, request,
                        Say<v1::UpdatePrincipalResponse>(context, "Changed."));
  });
}

void AddOwnNumbers(CommandLine& line, CLI::App& noun) {
  Command<v1::SetOwnNumbersRequest> command(
      line, noun, "own-numbers",
      "Declare a person's own and family's numbers: all of them, in the place of those before.",
      "navo admin own-numbers kari --own-file own.txt --family-file child.txt");
  const auto none = std::make_shared<bool>(false);
  command.Field("WHO", "principal_id", "Subject, or the id or the beginning of it")->required();
  const auto own = std::make_shared<std::string>();
  const auto family = std::make_shared<std::vector<std::string>>();
  command.app()->add_option("--own-file", *own, "File with the own number")->type_name("FILE");
  command.app()
      ->add_option("--family-file", *family, "File with the number of one of the family")
      ->type_name("FILE");
  command.app()->add_flag("--none", *none, "No number: what was declared before is forgotten");
  command.Writing();
  command.Does([&context = line.context, own, family, none](v1::SetOwnNumbersRequest& request) {
    if (*none != (own->empty() && family->empty())) {
      return absl::InvalidArgumentError(
          "name --own-file and --family-file, all of them, or --none to forget what is declared");
    }
    const auto one = FindPrincipal(context, request.principal_id());
    if (!one.ok()) return one.status();
    request.set_principal_id(one->principal_id());
    request.set_etag(one->numbers_etag());
    if (!own->empty()) {
      auto number = ReadNationalIdentityNumber(context.terminal(), *own);
      if (!number.ok()) return number.status();
      request.set_own_number(*std::move(number));
    }
    for (const std::string& file : *family) {
      auto number = ReadNationalIdentityNumber(context.terminal(), file);
      if (!number.ok()) return number.status();
      request.add_family_numbers(*std::move(number));
    }
    return context.Show(&Stub::SetOwnNumbers, request, [&](const v1::SetOwnNumbersResponse&) {
      context.out() << "Declared: " << family->size() + (own->empty() ? 0 : 1)
                    << ". What was declared before is forgotten.\n";
    });
  });
}

void AddPrincipals(CommandLine& line, CLI::App& noun) {
  Command<v1::ListPrincipalsRequest> list(line, noun, "staff", "List staff and systems.",
                                          "navo admin staff");
  list.Reading();
  list.Calls(&Stub::ListPrincipals, PrintPrincipals);
  AddRegistering(line, noun, v1::PRINCIPAL_KIND_STAFF);
  AddRegistering(line, noun, v1::PRINCIPAL_KIND_SYSTEM);
  AddUpdate(line, noun);
  AddOwnNumbers(line, noun);
}

void AddMembers(CommandLine& line, CLI::App& noun) {
  Command<v1::ListMembershipsRequest> list(line, noun, "members",
                                           "List who works where and in which role.",
                                           "navo admin members --of vo-rosenhof");
  list.Field("--of", "unit_id", "Of this unit alone");
  list.Field("--who", "principal_id", "Of this person or system: subject or beginning of the id");
  list.Field("--ended", "include_ended", "Also those that are over");
  list.Reading();
  list.Does([&context = line.context](v1::ListMembershipsRequest& request) {
    if (!request.principal_id().empty()) {
      const auto one = FindPrincipal(context, request.principal_id());
      if (!one.ok()) return one.status();
      request.set_principal_id(one->principal_id());
    }
    return context.Show(
        &Stub::ListMemberships, request,
        [&](const v1::ListMembershipsResponse& response) { PrintMemberships(context, response); });
  });

  Command<v1::AddMembershipRequest> add(
      line, noun, "add-member", "Give a person or system roles in a unit, for a period.",
      "navo admin add-member kari --to nav-stovner-statlig --role veileder --from 2026-12-01");
  add.Field("WHO", "principal_id", "Subject, or the id or the beginning of it")->required();
  add.Field("--to", "unit_id", "The unit")->required();
  add.Field("--role", "roles", "A role")->required();
  add.Field("--installation", "administers_installation",
            "With role drift: administers the whole installation");
  add.Field("--from", "valid_from", "First day")->required();
  add.Field("--until", "valid_to", "Last day; without an end without it");
  add.Writing();
  add.Does([&context = line.context](v1::AddMembershipRequest& request) {
    // Whom another controller registered is not listed yet.
    if (request.principal_id().size() < kWholeId) {
      const auto one = FindPrincipal(context, request.principal_id());
      if (!one.ok()) return one.status();
      request.set_principal_id(one->principal_id());
    }
    return context.Show(&Stub::AddMembership, request,
                        [&](const v1::AddMembershipResponse& response) {
                          context.out() << response.membership_id() << "\n";
                        });
  });

  Command<v1::EndMembershipRequest> end(line, noun, "end-member",
                                        "End a membership: at once, or after a last day.",
                                        "navo admin end-member 5a0c --last-day 2026-12-31");
  end.Field("ID", "membership_id", "Id of the membership, or the beginning of it")->required();
  end.Field("--last-day", "last_day", "Last day; at once without it");
  end.Writing();
  end.Does([&context = line.context](v1::EndMembershipRequest& request) {
    const auto one = FindMembership(context, request.membership_id());
    if (!one.ok()) return one.status();
    request.set_membership_id(one->membership_id());
    request.set_etag(one->etag());
    return context.Show(&Stub::EndMembership, request,
                        Say<v1::EndMembershipResponse>(
                            context, request.has_last_day() ? "It ends with that day."
                                                            : "Ended: the next call is refused."));
  });
}

}  // namespace

void AddAdminCommands(CommandLine& line) {
  CLI::App& noun =
      AddNoun(line, "admin", "Who answers for what, who works where, texts and laws; for DRIFT.");
  AddControllers(line, noun);
  AddUnits(line, noun);
  AddPrincipals(line, noun);
  AddMembers(line, noun);
  AddAdminCatalogueCommands(line, noun);
}

}  // namespace navo::cli
