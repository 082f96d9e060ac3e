#ifndef NAVO_TESTS_PROOF_QUESTIONS_H_
#define NAVO_TESTS_PROOF_QUESTIONS_H_

#include "tests/proof/asker.h"

// One question for each RPC that reads: asks it as the caller, and says what the model shows there.
namespace navo::proof {

void AskWho(Asker& asker, const Person& person);
void AskKartlegging(Asker& asker, const Person& person);
void AskSectionVersions(Asker& asker, const Person& person);
void AskPlan(Asker& asker, const Person& person);
void AskPlanVersions(Asker& asker, const Person& person);
void AskFollowUps(Asker& asker, const Person& person);
void AskFollowUpVersions(Asker& asker, const Person& person);
void AskExemptions(Asker& asker, const Person& person);
void AskLanguage(Asker& asker, const Person& person);
void AskGrounds(Asker& asker, const Person& person);
void AskAccessLog(Asker& asker, const Person& person);
void AskExplanation(Asker& asker, const Person& person);
void AskReceipt(Asker& asker, const Person& person);

void AskByNumber(Asker& asker);
void AskWorkingList(Asker& asker);
void AskFeed(Asker& asker);
void AskOffers(Asker& asker);
void AskEmergencies(Asker& asker);
void AskExpiring(Asker& asker);
void AskSearch(Asker& asker);
void AskAnomalies(Asker& asker);

// Whether the caller may know of the ground.
bool KnowsOf(const Asker& asker, const Person& person, const Ground& ground);

// What comes of a question about a case: for veiledere, teachers and the participant.
Expected OfCase(const Asker& asker, const Person& person, Look look = Look::kCase);
// Of one that PERSONVERN may ask too, or instead of staff.
Expected OfCaseOrPersonvern(const Asker& asker, const Person& person, bool staff);

}  // namespace navo::proof

#endif  // NAVO_TESTS_PROOF_QUESTIONS_H_
