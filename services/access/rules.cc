#include "services/access/rules.h"

namespace navo::access {
namespace {

using enum Action;
using enum Subject;

constexpr RoleSet kCaseStaff{v1::ROLE_VEILEDER, v1::ROLE_LAERER};
constexpr RoleSet kCase = kCaseStaff | RoleSet{v1::ROLE_DELTAKER};
constexpr RoleSet kAnybody = kCase | RoleSet{v1::ROLE_LEDER, v1::ROLE_PERSONVERN, v1::ROLE_DRIFT,
                                             v1::ROLE_STATISTIKK, v1::ROLE_INTEGRASJON};

constexpr RoleSet kAdministrator{v1::ROLE_DRIFT};
constexpr RoleSet kEmergencyOwner = kCaseStaff | RoleSet{v1::ROLE_LEDER};

constexpr RoleSet kProtectionRoles{v1::ROLE_SKJERMET_TILGANG, v1::ROLE_FORTROLIG_TILGANG,
                                   v1::ROLE_STRENGT_FORTROLIG_TILGANG};

constexpr CategorySet kNothing{};
constexpr CategorySet kExistence{v1::CATEGORY_EXISTENCE};
constexpr CategorySet kWho{v1::CATEGORY_EXISTENCE, v1::CATEGORY_IDENTITY, v1::CATEGORY_CONTACT};
constexpr CategorySet kToDecide = kWho | CategorySet{v1::CATEGORY_DIALOG};
constexpr CategorySet kMapped{
    v1::CATEGORY_COMPETENCE,          v1::CATEGORY_LANGUAGE,     v1::CATEGORY_GOALS,
    v1::CATEGORY_DIGITAL_SKILLS,      v1::CATEGORY_BASIC_SKILLS, v1::CATEGORY_NEEDS_BARRIERS,
    v1::CATEGORY_BENEFIT_TYPE_PERIOD, v1::CATEGORY_HEALTH};
constexpr CategorySet kPlan{v1::CATEGORY_PLAN};
constexpr CategorySet kFollowUp{v1::CATEGORY_ATTENDANCE, v1::CATEGORY_FOLLOWUP_SUMMARY,
                                v1::CATEGORY_FOLLOWUP_NOTE, v1::CATEGORY_EMPLOYER};
constexpr CategorySet kExemption{v1::CATEGORY_NOTE_EXEMPTION};
constexpr CategorySet kLanguage{v1::CATEGORY_LANGUAGE};
constexpr CategorySet kHours{v1::CATEGORY_LANGUAGE, v1::CATEGORY_ATTENDANCE};

constexpr CategorySet kChanged =
    kWho | kMapped | kPlan | kLanguage |
    CategorySet{v1::CATEGORY_FOLLOWUP_SUMMARY, v1::CATEGORY_ATTENDANCE};

constexpr bool kNeedsIdentity = true;
constexpr bool kEssential = true;
constexpr PurposeSet kUsualPurpose{v1::PURPOSE_SAMORDNET_KVALIFISERING};
constexpr PurposeSet kEveryPurpose{v1::PURPOSE_SAMORDNET_KVALIFISERING,
                                   v1::PURPOSE_TILRETTELEGGING};

constexpr Rule kRules[] = {
    {1, "navo.v1.ParticipantService.Create", kWrite, kIdentifier, kCaseStaff, kNothing},
    {2, "navo.v1.ParticipantService.Lookup", kRead, kIdentifier, kCaseStaff, kExistence},
    {3, "navo.v1.ParticipantService.Get", kRead, kParticipant, kCase, kWho, false, false,
     kUsualPurpose, Relations::kReferral},
    {4, "navo.v1.ParticipantService.List", kRead, kUnit, kCaseStaff | RoleSet{v1::ROLE_LEDER},
     kWho},
    {5, "navo.v1.ParticipantService.UpdateContact", kWrite, kParticipant, kCaseStaff, kNothing,
     kNeedsIdentity},
    {6, "navo.v1.ParticipantService.AddToTeam", kWrite, kParticipant, kCaseStaff, kNothing},
    {7, "navo.v1.ParticipantService.RemoveFromTeam", kWrite, kParticipant, kCaseStaff, kNothing},
    {8, "navo.v1.ParticipantService.ConfirmIdentity", kWrite, kParticipant, kCaseStaff, kNothing},
    {9, "navo.v1.ParticipantService.EndTie", kWrite, kParticipant, kCaseStaff, kNothing},

    {10, "navo.v1.ReferralService.Refer", kWrite, kParticipant, kCaseStaff, kNothing,
     kNeedsIdentity},
    {11, "navo.v1.ReferralService.Accept", kWrite, kParticipant, kCaseStaff, kNothing, false, false,
     kUsualPurpose, Relations::kReferral},
    {12, "navo.v1.ReferralService.Decline", kWrite, kParticipant, kCaseStaff, kNothing, false,
     false, kUsualPurpose, Relations::kReferral},
    {13, "navo.v1.ReferralService.Withdraw", kWrite, kParticipant, kCaseStaff, kNothing},
    {14, "navo.v1.ReferralService.List", kRead, kUnit, kCaseStaff, kToDecide, false, false,
     kUsualPurpose, Relations::kReferral},
    {15, "navo.v1.ProtectionService.SetOfficeLock", kWrite, kParticipant, kCaseStaff, kNothing},
    {16, "navo.v1.ProtectionService.LiftOfficeLock", kWrite, kParticipant, kCaseStaff, kNothing},

    {17, "navo.v1.ProtectionService.SetProtection", kWrite, kIdentifier,
     kProtectionRoles | RoleSet{v1::ROLE_INTEGRASJON}, kNothing},
    {18, "navo.v1.ProtectionService.ListShadows", kRead, kUnit, kProtectionRoles, kExistence},
    {19, "navo.v1.ProtectionService.MergeShadow", kWrite, kUnit, kProtectionRoles, kExistence},

    {20, "navo.v1.ConsentService.GiveConsent", kWrite, kParticipant, kCase, kNothing,
     kNeedsIdentity},
    {21, "navo.v1.ConsentService.WithdrawConsent", kWrite, kParticipant, kCase, kNothing, false,
     kEssential},
    {22, "navo.v1.ConsentService.ConfirmGround", kWrite, kParticipant, kCase, kNothing,
     kNeedsIdentity},
    {23, "navo.v1.ConsentService.RecordLegalBasis", kWrite, kParticipant, kCaseStaff, kNothing,
     kNeedsIdentity},
    {24, "navo.v1.ConsentService.EndLegalBasis", kWrite, kParticipant, kCaseStaff, kNothing, false,
     kEssential},
    {25, "navo.v1.ConsentService.List", kRead, kParticipant, kCase | RoleSet{v1::ROLE_PERSONVERN},
     kExistence, false, false, kEveryPurpose},
    {26, "navo.v1.ConsentService.GetConsentText", kRead, kNone, kAnybody, kNothing},
    {27, "navo.v1.ConsentService.ListLegalBases", kRead, kNone, kAnybody, kNothing},
    {28, "navo.v1.ConsentService.ListExpiring", kRead, kUnit, kCaseStaff, kExistence, false, false,
     kEveryPurpose},
    {29, "navo.v1.ConsentService.GetReceipt", kRead, kParticipant, kCase, kExistence, false, false,
     kEveryPurpose},
    {30, "navo.v1.ConsentService.ExplainAccess", kRead, kParticipant,
     kCase | RoleSet{v1::ROLE_PERSONVERN}, kExistence, false, false, kEveryPurpose},

    {40, "navo.v1.KartleggingService.ListKinds", kRead, kNone, kAnybody, kNothing},
    {41, "navo.v1.KartleggingService.Get", kRead, kParticipant, kCase, kMapped, false, false,
     kEveryPurpose},
    {42, "navo.v1.KartleggingService.RecordSection", kWrite, kParticipant, kCaseStaff, kMapped,
     kNeedsIdentity, false, kEveryPurpose},
    {43, "navo.v1.KartleggingService.ConfirmSection", kWrite, kParticipant, kCaseStaff, kMapped,
     kNeedsIdentity, false, kEveryPurpose},
    {44, "navo.v1.KartleggingService.ListVersions", kRead, kParticipant, kCase, kMapped, false,
     false, kEveryPurpose},
    {45, "navo.v1.KartleggingService.ListCodes", kRead, kNone, kAnybody, kNothing},

    {60, "navo.v1.PlanService.Open", kWrite, kParticipant, kCaseStaff, kPlan, kNeedsIdentity},
    {61, "navo.v1.PlanService.Get", kRead, kParticipant, kCase, kPlan},
    {62, "navo.v1.PlanService.ListVersions", kRead, kParticipant, kCase, kPlan},
    {63, "navo.v1.PlanService.UpdateGoals", kWrite, kParticipant, kCaseStaff, kPlan,
     kNeedsIdentity},
    {64, "navo.v1.PlanService.AddStep", kWrite, kParticipant, kCaseStaff, kPlan, kNeedsIdentity},
    {65, "navo.v1.PlanService.UpdateStep", kWrite, kParticipant, kCaseStaff, kPlan, kNeedsIdentity},
    {66, "navo.v1.PlanService.ChangeStepStatus", kWrite, kParticipant, kCaseStaff, kPlan,
     kNeedsIdentity},
    {67, "navo.v1.PlanService.Close", kWrite, kParticipant, kCaseStaff, kPlan, kNeedsIdentity},

    {80, "navo.v1.FollowUpService.Record", kWrite, kParticipant, kCaseStaff, kFollowUp},
    {81, "navo.v1.FollowUpService.List", kRead, kParticipant, kCase, kFollowUp},
    {82, "navo.v1.FollowUpService.Amend", kWrite, kParticipant, kCaseStaff, kFollowUp},
    {83, "navo.v1.FollowUpService.ListVersions", kRead, kParticipant, kCase, kFollowUp},
    {84, "navo.v1.FollowUpService.ListExemptions", kRead, kParticipant,
     RoleSet{v1::ROLE_DELTAKER, v1::ROLE_PERSONVERN}, kExemption},

    {100, "navo.v1.LanguageService.RecordAssessment", kWrite, kParticipant, kCaseStaff, kLanguage},
    {101, "navo.v1.LanguageService.RecordTestResult", kWrite, kParticipant, kCaseStaff, kLanguage},
    {102, "navo.v1.LanguageService.GetProgress", kRead, kParticipant, kCase, kHours},
    {103, "navo.v1.LanguageService.SetNorskmaal", kWrite, kParticipant, kCaseStaff, kLanguage,
     kNeedsIdentity},
    {104, "navo.v1.LanguageService.RecordHours", kWrite, kParticipant, kCaseStaff, kHours},

    {120, "navo.v1.ExchangeService.Import", kWrite, kImport, RoleSet{v1::ROLE_INTEGRASJON},
     kNothing},

    {140, "navo.v1.AccessLogService.ListAccess", kRead, kParticipant,
     RoleSet{v1::ROLE_DELTAKER, v1::ROLE_PERSONVERN}, kExistence},
    {141, "navo.v1.AccessLogService.SearchAccess", kRead, kUnit, RoleSet{v1::ROLE_PERSONVERN},
     kExistence},
    {142, "navo.v1.AccessLogService.ListAnomalies", kRead, kUnit, RoleSet{v1::ROLE_PERSONVERN},
     kExistence},

    {150, "navo.v1.EmergencyAccessService.Open", kWrite, kIdentifier, kCaseStaff, kExistence, false,
     false, kUsualPurpose, Relations::kAsksEmergency},
    {151, "navo.v1.EmergencyAccessService.End", kWrite, kUnit, kEmergencyOwner, kExistence},
    {152, "navo.v1.EmergencyAccessService.List", kRead, kUnit,
     kEmergencyOwner | RoleSet{v1::ROLE_PERSONVERN}, kExistence},

    {160, "navo.v1.FeedService.ListChanges", kRead, kUnit,
     kCaseStaff | RoleSet{v1::ROLE_INTEGRASJON}, kChanged, false, false, kEveryPurpose},

    {180, "navo.v1.AdminService.ListControllers", kRead, kNone, kAdministrator, kNothing},
    {181, "navo.v1.AdminService.CreateController", kWrite, kNone, kAdministrator, kNothing},
    {182, "navo.v1.AdminService.RenameController", kWrite, kNone, kAdministrator, kNothing},
    {183, "navo.v1.AdminService.CloseController", kWrite, kNone, kAdministrator, kNothing},
    {184, "navo.v1.AdminService.ListUnits", kRead, kNone, kAdministrator, kNothing},
    {185, "navo.v1.AdminService.CreateUnit", kWrite, kNone, kAdministrator, kNothing},
    {186, "navo.v1.AdminService.RenameUnit", kWrite, kNone, kAdministrator, kNothing},
    {187, "navo.v1.AdminService.CloseUnit", kWrite, kNone, kAdministrator, kNothing},
    {188, "navo.v1.AdminService.ListPrincipals", kRead, kNone, kAdministrator, kNothing},
    {189, "navo.v1.AdminService.CreatePrincipal", kWrite, kNone, kAdministrator, kNothing},
    {190, "navo.v1.AdminService.UpdatePrincipal", kWrite, kNone, kAdministrator, kNothing},
    {191, "navo.v1.AdminService.SetOwnNumbers", kWrite, kNone, kAdministrator, kNothing},
    {192, "navo.v1.AdminService.ListMemberships", kRead, kNone, kAdministrator, kNothing},
    {193, "navo.v1.AdminService.AddMembership", kWrite, kNone, kAdministrator, kNothing},
    {194, "navo.v1.AdminService.EndMembership", kWrite, kNone, kAdministrator, kNothing},
    {195, "navo.v1.AdminService.ReopenUnit", kWrite, kNone, kAdministrator, kNothing},

    {210, "navo.v1.AdminService.AddConsentText", kWrite, kNone, kAdministrator, kNothing},
    {211, "navo.v1.AdminService.ReviewConsentText", kWrite, kNone, kAdministrator, kNothing},
    {212, "navo.v1.AdminService.ListConsentTexts", kRead, kNone, kAdministrator, kNothing},
    {213, "navo.v1.AdminService.AddLegalBasis", kWrite, kNone, kAdministrator, kNothing},
    {214, "navo.v1.AdminService.CloseLegalBasis", kWrite, kNone, kAdministrator, kNothing},
};

}  // namespace

const Rule* FindRule(std::string_view method) {
  for (const Rule& rule : kRules) {
    if (rule.method == method) return &rule;
  }
  return nullptr;
}

absl::Span<const Rule> AllRules() { return kRules; }

}  // namespace navo::access
