"""English verbs, and words that are none. Data, no code.

Base forms, with the forms of irregular verbs; what is both a noun and a verb stands here as a verb.
"""

# ruff: noqa: SIM905 (word lists are easier to read as text)
from __future__ import annotations

VERBS = frozenset(
    """abandon abide absorb accept accelerate access accompany accomplish account accumulate accuse
    achieve acknowledge acquire act activate adapt add address adhere adjust administer admire admit
    adopt advance advise advocate affect affirm afford agree aid aim align allocate allow alter
    alternate am amplify analyse analyze anchor announce anticipate apologize appeal appear append
    apply appoint appreciate approach approve approximate are argue arise arose arisen arm arrange
    arrive articulate ask aspire assemble assert assess assign assist associate assume assure ate
    attach attack attain attempt attend attract attribute audit augment author automate avoid await
    awake award back bake balance ban base bathe battle be bear beat became become been befriend beg
    began begin begun behave behold being believe belong bend benefit bet better bid bind bite blame
    blend bless block bloom blow boast boil bolster book boost bore borrow bother bought bound brace
    brainstorm branch break breathe brew bridge brief bring broadcast broke broken brought browse
    brush build built burn bury buy calculate call came campaign can cancel capitalize capture care
    carry carve cast catch categorize caught cause cease celebrate challenge change channel
    characterize charge chart chase chat check cheer cherish choose chop chose chosen cite claim
    clarify clarified classify clean clear click climb close code collaborate collapse collect
    combine come comfort command commence comment commit communicate compare compete compile
    complain complement complete comply compose compound comprehend compress comprise compute
    conceive concentrate conceptualize conclude condemn condense conduct confess configure confirm
    confront connect conquer consider consist console consolidate constitute constrain construct
    consult consume contact contain contemplate continue contract contradict contrast contribute
    control converge converse convert convey convince cook cool cooperate coordinate cope copy
    correct correlate correspond cost could count counter cover craft crash crave create credit
    critique cross crown cry cultivate cure curate customize cut dance dare dealt deal debate debug
    decide declare decline decode decompose decorate decrease dedicate deduce deepen defeat defend
    defer define degrade delay delegate delete deliver delve demand demonstrate denote deny depart
    depend depict deploy derive describe deserve design desire destroy detach detail detect
    deteriorate determine disable develop deviate devise devote diagnose did die differ differentiate dig
    digest diminish dine direct disagree disappear discard discern discover discuss dislike dismiss
    display dispose disrupt dissolve distinguish distribute dive diversify divide do document does
    dominate done donate doubt download draft drag drain draw drawn dream dress drew drift drill
    drink drive driven drop drove dry dwell earn ease eat eaten edit educate elaborate elect elevate
    eliminate embark embed embody embrace emerge emit emphasize employ empower enable encapsulate
    enclose encompass encounter encourage end endeavor endorse endure enforce engage engineer
    enhance enjoy enlarge enlighten enlist enrich enroll ensure entail enter entertain envision
    equal equip erase escape escort establish estimate evaluate evoke evolve examine exceed exchange
    exclude execute exercise exhibit exist expand expect expel experience experiment explain explode
    exploit explore export expose express extend extract face facilitate factor fail fall fallen
    familiarize fancy farm fasten favor fear feature fed feed feel fell felt fetch fight figure file
    fill film filter finalize finance find finish fire fit fix flee flew flip float flow fly focus
    fold follow force forecast foresee forge forget forgave forgive forgot forgotten form format
    formulate foster fought found frame free freeze froze frozen fuel fulfill function fund gain
    gather gauge gave gaze generalize generate get give given glance go goes gone got govern grab
    grant grasp greet grew grind grip ground group grow grown guarantee guard guess guide had halt
    handle hang happen harness harvest has hate have head heal hear heard heat held help hesitate
    hid hide highlight hike hire hit hold honor hope host hunt hurry hurt hypothesize identify
    ignite ignore illuminate illustrate imagine imitate immerse impact implement imply import impose
    impress improve include incorporate increase indicate induce induct infer influence inform
    inherit initialize initiate inject innovate input inquire insert insist inspect inspire install
    instill institute instruct insure integrate intend interact interpret intersect introduce invent
    invert invest investigate invite invoke involve is isolate iterate join journey judge jump
    justify keep kept kick kill kindle kiss knew knock know known label lack land last laugh launch
    lay lead lean learn learnt leave led left lend let level leverage lie lift light like limit link
    list listen live load locate lock log look loop lose lost love lower made magnify maintain make
    manage mandate manifest manipulate manufacture map march mark market marry master match
    materialize maximize may mean meant measure meditate meet melt mend mention merge met mind
    minimize mirror miss mitigate mix mobilize model moderate modify monitor motivate mount move
    multiply must name narrate navigate need neglect negotiate network note notice notify number
    nurture obey object observe obtain occupy occur offer open operate oppose optimize opt order
    organize orient originate ought outline outperform overcome overlook oversee owe own pack paid
    paint pair park part participate pass paste pause pay peel perceive perform permit persist
    persuade phone pick picture pierce pinpoint pitch place plan plant play plead plot plug
    point polish ponder populate portray pose position possess post postpone pour practice praise
    pray precede predict prefer prepare present preserve press presume pretend prevail prevent price
    print prioritize proceed process procure produce program progress prohibit project prolong
    promise promote prompt propel propose protect prove proven provide publish pull pump purchase
    pursue push put puzzle qualify quantify query question quit quote race raise ran randomize range
    rank rate reach react read realize rearrange reason reassure rebuild recall receive recite
    recognize recommend reconcile reconsider record recover recruit recycle redefine redirect reduce
    refer refine reflect reform refrain refresh refuse regain regard register regret regulate
    reinforce reject rejoice relate relax release rely remain remark remember remind remove render
    renew rent repair repeat replace replicate reply report represent request require rescue
    research resemble reserve reset reshape reside resist resolve respect respond rest restore
    restrict result resume retain rethink retire retreat retrieve return reveal reverse review
    revise revisit revive revolve reward rewrite ride rise risen roar rode roll root rose rotate
    round route rule run rush said sail salute sample sang sat satisfy save savor saw say scale scan
    scatter schedule scope score scrape scream screen script scroll search secure see seek seem seen
    segment seize select sell send sense sent separate serve set settle shake shall shape share
    sharpen shed shift shine ship shoot shop should shout show shown shut sign signal silence
    simplify simulate sing sink sit sketch skip sleep slept slide slip slow smell smile smooth snap
    soar sold solve sort sought sound spark speak specialize specify speed spell spend spent spin
    split spoke spoken spot spread sprinkle stabilize stack stage stand star stare start state stay
    steal steer step stick stimulate stir stood stop store strengthen stress stretch strike string
    strip strive structure struggle study submerge submit subscribe substitute subtract succeed
    suffer suffice suggest suit sum summarize summon supervise supply support suppose surf surpass
    surprise surrender surround survey survive sustain swam swap swear sweep swim switch symbolize
    synthesize tackle tailor take taken talk tap target taste taught teach tear tell tend term test
    thank think thought threaten threw thrive throw thrown tie tighten time title told took touch
    tour trace track trade train transcend transfer transform transition translate transmit
    transport trap travel traverse treasure treat trigger trim trust try tune turn tweak twist type
    uncover undergo underline understand understood undertake underwent unfold unify unite unleash
    unlock unpack unravel unveil update upgrade uphold upload urge use utilize validate value vary
    venture verify view violate visit visualize voice vote vow wage wait wake walk wander want warm
    warn was wash waste watch water weaken wear weave weigh welcome went were whisper widen will win
    wipe wish withdraw withhold withstand witness woke won wonder word work worry would wrap write
    written wrote yearn yield zoom""".split()
)

# Words that are no verbs: what else sentences and answers begin with.
NOT_VERBS = frozenset(
    """a about above according across actually additionally after afterwards again against ah all
    almost along already also although always among an and another answer any anyone anything as at
    because before below beneath beside besides between beyond both but by certain certainly clearly
    dear despite during each either eventually every everybody everyone everything excellent
    executive few finally first firstly five for four from furthermore good great greetings he hello
    hence her here hers hey hi his how however i if in indeed initially instead into it its itself
    lastly later many maybe me meanwhile mine moreover most mr mrs ms much my naturally neither
    never nevertheless next nine no nobody none nor not nothing now obviously of often oh okay on
    once one only onto or other our ours over per perhaps please quite rather second secondly seven
    several she similarly since six so some somebody someone something sometimes soon still such sure ten
    than that the their theirs them then there therefore these they third this those three through
    throughout thus till to today together tomorrow too toward two under unless until unto up upon
    us very via we what whatever when whenever where whereas wherever whether which whichever while
    who whoever whom whose why with within without yes yesterday yet you your yours solution theorem
    lemma proof equation problem chapter abstract introduction overview summary conclusion title
    section man woman people world life day year city country government company system""".split()
)
