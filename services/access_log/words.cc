#include "services/access_log/words.h"

namespace navo::services {

Phrase CategoryPhrase(v1::Category category) {
  switch (category) {
    case v1::CATEGORY_EXISTENCE:
      return {"at du er registrert", "that you are registered"};
    case v1::CATEGORY_IDENTITY:
      return {"navnet ditt", "your name"};
    case v1::CATEGORY_CONTACT:
      return {"kontaktopplysningene dine", "your contact details"};
    case v1::CATEGORY_GOALS:
      return {"målene dine", "your goals"};
    case v1::CATEGORY_COMPETENCE:
      return {"kompetansen din", "your education and experience"};
    case v1::CATEGORY_LANGUAGE:
      return {"språkferdighetene dine", "your language skills"};
    case v1::CATEGORY_DIGITAL_SKILLS:
      return {"de digitale ferdighetene dine", "your digital skills"};
    case v1::CATEGORY_BASIC_SKILLS:
      return {"de grunnleggende ferdighetene dine", "your basic skills"};
    case v1::CATEGORY_PLAN:
      return {"planen din", "your plan"};
    case v1::CATEGORY_ATTENDANCE:
      return {"fraværet ditt", "your absence"};
    case v1::CATEGORY_FOLLOWUP_SUMMARY:
      return {"oppfølgingen din", "your follow-up"};
    case v1::CATEGORY_FOLLOWUP_NOTE:
      return {"notatene om oppfølgingen din", "the notes on your follow-up"};
    case v1::CATEGORY_NEEDS_BARRIERS:
      return {"behovene dine", "your needs"};
    case v1::CATEGORY_HEALTH:
      return {"helseopplysningene dine", "your health data"};
    case v1::CATEGORY_BENEFIT_TYPE_PERIOD:
      return {"ytelsene dine", "your benefits"};
    case v1::CATEGORY_EMPLOYER:
      return {"arbeidsgiveren din", "your employer"};
    case v1::CATEGORY_DIALOG:
      return {"meldingene dine", "your messages"};
    case v1::CATEGORY_NOTE_EXEMPTION:
      return {"hvilke notater du ikke får se", "which notes are kept from you"};
    default:
      return {};
  }
}

Phrase RolePhrase(v1::Role role) {
  switch (role) {
    case v1::ROLE_VEILEDER:
      return {"En veileder", "An adviser"};
    case v1::ROLE_LAERER:
      return {"En lærer", "A teacher"};
    case v1::ROLE_LEDER:
      return {"En leder", "A manager"};
    case v1::ROLE_STATISTIKK:
      return {"En som lager statistikk", "A statistician"};
    case v1::ROLE_PERSONVERN:
      return {"En personvernrådgiver", "A data protection adviser"};
    case v1::ROLE_DRIFT:
      return {"En som drifter systemet", "A system operator"};
    case v1::ROLE_INTEGRASJON:
      return {"Et datasystem", "A computer system"};
    default:
      return {"En ansatt", "A member of staff"};
  }
}

Phrase MethodPhrase(int rule_number) {
  switch (rule_number) {
    case 1:
      return {"registrerte deg", "registered you"};
    case 5:
      return {"endret kontaktopplysningene dine", "changed your contact details"};
    case 6:
      return {"la til en kontaktperson i saken din", "added a contact person to your case"};
    case 7:
      return {"fjernet en kontaktperson fra saken din", "removed a contact person from your case"};
    case 8:
      return {"bekreftet identiteten din", "confirmed your identity"};
    case 9:
      return {"avsluttet tilknytningen din til enheten", "ended your tie to the unit"};
    case 10:
      return {"tilbød en annen enhet å følge deg opp", "offered another unit to take you over"};
    case 11:
      return {"tok imot deg fra en annen enhet", "took you over from another unit"};
    case 12:
      return {"sa nei til å ta imot deg fra en annen enhet",
              "declined to take you over from another unit"};
    case 13:
      return {"trakk tilbake et tilbud til en annen enhet", "withdrew an offer to another unit"};
    case 14:
      return {"så hvem som er tilbudt en annen enhet", "looked at offers between units"};
    case 15:
      return {"låste en opplysning til sitt eget kontor", "locked a record to their own office"};
    case 16:
      return {"åpnet en opplysning som var låst til kontoret",
              "opened a record that was locked to the office"};
    case 17:
      return {"endret hvordan opplysningene dine er beskyttet",
              "changed how your data are protected"};
    case 18:
      return {"så på en registrering av deg som er beskyttet",
              "looked at a protected registration of you"};
    case 19:
      return {"samlet to registreringer av deg til én", "put two registrations of you into one"};
    case 20:
      return {"registrerte et samtykke", "registered a consent"};
    case 21:
      return {"registrerte at samtykke er trukket tilbake", "registered a withdrawal of consent"};
    case 22:
      return {"bekreftet et samtykke", "confirmed a consent"};
    case 23:
      return {"registrerte at en lov åpner for deling", "registered that a law opens for sharing"};
    case 24:
      return {"avsluttet en deling etter lov", "ended a sharing under a law"};
    case 25:
      return {"så hva som deles om deg", "saw what is shared about you"};
    case 28:
      return {"så hvilke delinger som snart slutter", "saw which sharing ends soon"};
    case 29:
      return {"laget en kvittering for samtykke", "made a receipt for consent"};
    case 30:
      return {"så hvorfor noe er delt eller ikke", "saw why something is shared or not"};
    case 42:
      return {"la inn opplysninger i kartleggingen din", "added to the mapping of your skills"};
    case 43:
      return {"bekreftet opplysninger i kartleggingen din", "confirmed the mapping of your skills"};
    case 60:
      return {"åpnet en plan for deg", "opened a plan for you"};
    case 63:
      return {"endret målene i planen din", "changed the goals of your plan"};
    case 64:
      return {"la til et steg i planen din", "added a step to your plan"};
    case 65:
      return {"endret et steg i planen din", "changed a step of your plan"};
    case 66:
      return {"endret status på et steg i planen din", "changed the status of a step of your plan"};
    case 67:
      return {"avsluttet sin del av planen din", "closed their part of your plan"};
    case 80:
      return {"registrerte en oppfølging", "registered a follow-up"};
    case 82:
      return {"endret en oppfølging", "changed a follow-up"};
    case 100:
      return {"registrerte en språkvurdering", "registered an assessment of your language"};
    case 101:
      return {"registrerte et prøveresultat", "registered a test result"};
    case 103:
      return {"registrerte norskmålet ditt", "registered the goal of your Norwegian training"};
    case 104:
      return {"registrerte timer i opplæringen din", "registered hours of your training"};
    case 120:
      return {"hentet inn opplysninger om deg", "imported data about you"};
    case 150:
      return {"åpnet nødtilgang til saken din", "opened emergency access to your case"};
    case 151:
      return {"avsluttet en nødtilgang til saken din", "ended an emergency access to your case"};
    case 152:
      return {"så hvem som har hatt nødtilgang til saken din",
              "saw who has had emergency access to your case"};
    case 140:
      return {"så hvem som har sett opplysninger om deg", "saw who has looked at your data"};
    case 141:
      return {"søkte i loggen over hvem som har sett opplysninger",
              "searched the log of who has looked at data"};
    case 142:
      return {"så etter uvanlige oppslag", "looked for unusual look-ups"};
    default:
      return {};
  }
}

Phrase RefusalPhrase(access::Reason reason) {
  switch (reason) {
    case access::Reason::kRole:
      return {"rollen gir ikke adgang til dette", "the role does not allow this"};
    case access::Reason::kProtection:
      return {"opplysningene dine er særlig beskyttet", "your data are specially protected"};
    case access::Reason::kOwnCase:
      return {"ingen får se egen eller nær families sak her",
              "nobody may see their own or a close relative's case here"};
    case access::Reason::kNoRelation:
      return {"uten tilknytning til saken din", "not connected to your case"};
    case access::Reason::kTieBlocked:
      return {"tilknytningen til saken din er sperret", "the connection to your case is blocked"};
    case access::Reason::kIdentityNotConfirmed:
      return {"identiteten din var ikke bekreftet", "your identity had not been confirmed"};
    case access::Reason::kScope:
      return {"systemet har ikke adgang til dette", "the system is not allowed this"};
    default:
      return {};
  }
}

}  // namespace navo::services
