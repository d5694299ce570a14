"""English verbs, and words that are none. Data, no code.

Base forms, with the forms of irregular verbs; what is both a noun and a verb stands here as a verb.
"""

# ruff: noqa: SIM905 (word lists are easier to read as text)
from __future__ import annotations

VERBS = frozenset(
    """abandon abide abolish absorb accelerate accept access accompany accomplish account accrue
    accumulate accuse achieve acknowledge acquaint acquire act activate actualize adapt add
    address adhere adjoin adjust administer admire admit adopt adore advance advise advocate
    affect affirm affix afflict afford aggravate aggregate agitate agree aid aim align alleviate
    allocate allot allow allude alter alternate am amass amaze amend amplify amuse analyse
    analyze anchor annihilate annotate announce annoy annul anticipate apologise apologize
    appeal appear appease append applaud apply appoint apportion appreciate approach approve
    approximate are argue arise arisen arm arose arouse arrange arrive articulate ascend
    ascertain ask aspire assassinate assemble assert assess assign assist associate assume
    assure astonish ate atone attach attack attain attempt attend attest attract attribute audit
    augment author automate avoid await awake awaken award back backtrack bake balance ban
    banish base bathe battle be bear beat became beckon become been befit befriend beg began
    begin begrudge begun behave behold being believe belittle belong bemoan bend benefit
    bequeath bestow bet betray better beware bewilder bicker bid bind bisect bite blame bleed
    blend bless blindfold block bloom blow blurt boast boil bolster bombard book boost bootstrap
    bore borrow bother bought bounce bound brace brainstorm branch brandish break breathe brew
    bridge brief brighten bring broadcast broke broken brought browse brush build built bump
    bungle burn bury buy cajole calculate calibrate call came camouflage campaign can cancel
    capitalize captivate capture care carry carve cast catalyse catch categorise categorize
    caught cause cease cede celebrate challenge change channel characterise characterize charge
    chart chase chastise chat check cheer cherish chew chide choose chop chose chosen circle
    circulate circumvent cite claim clap clarified clarify classify clean cleanse clear click
    climb cling clip close coax code coerce coincide collaborate collapse collect collide color
    colour combine come comfort command commemorate commence comment commit communicate compare
    compensate compete compile complain complement complete complicate comply compose compound
    comprehend compress comprise compute concatenate conceal concede conceive concentrate
    conceptualize conclude concur condemn condense conduct confer confess confide configure
    confine confirm confiscate conform confront congratulate conjugate conjure connect conquer
    conserve consider consist console consolidate conspire constitute constrain constrict
    construct consult consume contact contain contemplate contend contextualize continue
    contract contradict contrast contribute contrive control convene converge converse convert
    convey convince convolve convulse cook cool cooperate coordinate cope copy correct correlate
    correspond corrode corrupt cost could count counter cover craft cram crash crave crawl
    create credit cripple criticise critique croak cross crown crumble crumple crush cry cube
    cuddle culminate cultivate curate cure curl curtail customize cut dab dance dangle dare deal
    dealt debate debug debunk deceive decide decimate decipher declare decline decode decompose
    decorate decrease decrement decrypt dedicate deduce deduct deem deepen defeat defend defer
    define deflate deflect defrost defy degrade dehydrate delay delegate delete deliberate
    deliver delude delve demand demolish demonstrate demystify denote denounce deny depart
    depend depict deplete deploy depose deprive derail derive descend describe deserve design
    desire despise destroy detach detail detect deter deteriorate determine detest dethrone
    detonate devastate develop deviate devise devote devour diagnose diagonalize dictate did die
    differ differentiate dig digest digitize digress dilute diminish dine dip direct disable
    disagree disappear disappoint disarm disband discard discern disclose disconnect discontinue
    discover discretize discuss disentangle dishearten dislike dislodge dismantle dismiss
    disobey dispel disperse displace display dispose disprove disrupt dissatisfy dissect
    dissolve distill distinguish distort distract distribute disturb dive diversify divert
    divide do document does dominate donate done double doubt download draft drag drain draw
    drawn dream drench dress drew dribble drift drill drink drip drive driven drizzle droop drop
    drove drown dry duplicate dwell dwindle dye earn ease eat eaten edify edit educate eject
    elaborate elapse elect elevate elicit eliminate elongate elucidate elude email emanate
    embark embarrass embed embellish embezzle embody embolden embrace embroider emerge emigrate
    emit empathize emphasise emphasize employ empower empty emulate enable enact encapsulate
    enchant encircle enclose encode encompass encounter encourage encroach encrypt end endanger
    endeavor endorse endow endure energize enforce engage engineer engrave engross engulf
    enhance enjoin enjoy enlarge enlighten enlist enrich enrol enroll enshrine enslave ensnare
    ensure entail entangle enter entertain enthrall entice entitle entrust entwine enumerate
    enunciate envelop envision equal equate equip eradicate erase erupt escalate escape eschew
    escort espouse establish estimate etch evacuate evade evaluate evaporate evict evoke evolve
    exaggerate examine exasperate excavate exceed excel exchange exclaim exclude excuse execute
    exempt exercise exert exhale exhaust exhibit exhort exist exonerate expand expect expel
    experience experiment expire explain explode exploit explore exponentiate export expose
    express extend exterminate extinguish extol extract extradite extrapolate exude fabricate
    face facilitate factor factorize fail fall fallen falsify falter familiarize fancy farm
    fasten fathom fatigue favor fear feature fed feed feel feign fell felt fend ferment fetch
    fidget fight figure file fill film filter finalize finance find finish fire fit fix fizzle
    flap flatten flatter flaunt flee flew fling flip float flow fluctuate flush fly focus fold
    follow forbid force forecast foresee foretell forfeit forgave forge forget forgive forgot
    forgotten form format formulate fortify forward foster fought found frame free freeze
    frighten frown froze frozen frustrate fry fuel fulfil fulfill fumble function fund fuse gain
    galvanize gargle gather gauge gave gaze generalise generalize generate get give given glance
    glide glisten gloat glorify glue gnaw go gobble goes gone got govern grab graduate grant
    graph grapple grasp grate graze greet grew grieve grill grimace grind grip groom ground
    group grovel grow grown grumble guarantee guard guess guide gulp had haggle halt halve
    hamper handcuff handle hang happen harass harmonize harness harvest has hash hasten hate
    haul have head heal heap hear heard heat heave heed held help hesitate hid hide highlight
    hike hinder hire hit hobble hoist hold honk honor honour hope host hug humble humiliate hunt
    hurl hurry hurt hustle hydrate hypothesise hypothesize identify ignite ignore illuminate
    illustrate imagine imitate immerse immigrate immortalize immunize impact impair impart
    impeach impede impel impersonate implement implicate implore imply import impose impound
    impress imprison improve improvise incite incline include incorporate increase increment
    incur indicate induce induct indulge infect infer infiltrate inflate inflict influence
    inform infringe infuse ingest inhabit inhale inherit inhibit initialize initiate inject
    innovate input inquire inscribe insert insist inspect inspire install instantiate instigate
    instill institute instruct insulate insult insure integrate intend intensify interact
    intercept interchange interfere interject interpolate interpret interrelate interrogate
    interrupt intersect intertwine intervene intimidate introduce intrude inundate invade
    invalidate invent invert invest investigate invite invoke involve irrigate irritate is
    isolate iterate jeopardize jingle jog join jostle jot journey judge juggle jumble jump
    justify juxtapose keep kept kick kickstart kidnap kill kindle kiss knead kneel knew knit
    knock know known label labor labour lack lament land languish last lather laugh launch lay
    lead lean leap learn learnt leave led left legalize lend let level leverage liberate lick
    lie lift light like limit linearize linger link liquidate list listen live load loathe
    locate lock log look loop loot lose lost love lower lubricate lug lurk made magnify maintain
    make malfunction manage mandate mangle manifest manipulate manufacture map mar march
    marinate mark market marry mash mask massage master match materialize maximise maximize may
    mean meander meant measure meddle mediate meditate meet melt memorize mend mention merge met
    might mimic mince mind mingle minimise minimize mirror misbehave misinterpret mislead
    misplace miss misspell mistake misunderstand mitigate mix moan mobilize model moderate
    modernize modify monetize monitor motivate mount mourn move multiply mumble munch must
    muster mutate mutter name narrate nauseate navigate need neglect negotiate network
    neutralize nibble nod nominate normalize notate note notice notify nourish nudge nullify
    numb number nurture obey object obliterate obscure observe obstruct obtain occupy occur
    offend offer omit ooze open operate oppose oppress opt optimize order organise organize
    orient originate oscillate ought oust outlast outlaw outline outnumber outperform outsource
    outwit overcharge overcome overdo overestimate overflow overhear overlap overload overlook
    overpower override overrule overrun oversee oversleep overtake overthrow overwhelm owe own
    pacify pack paid paint pair pamper paralyse paralyze parametrize pardon park parse part
    participate partition pass paste patronize pause pay peck peek peel penalize penetrate
    perceive perform perish permit permute perpetuate perplex persecute persist personalize
    persuade perturb pester phone pick picture pierce pin pinpoint pitch pivot place plagiarize
    plan plant play plead plot plug plunder plunge point poke polarize polish pollute ponder pop
    populate portray pose position possess post postpone postulate pour practice practise praise
    pray precede precipitate preclude predict prefer preheat prepare prepend prescribe present
    preserve preside press presume pretend prevail prevent price prick print prioritise
    prioritize probe proceed process proclaim procrastinate procure prod produce profess program
    progress prohibit project prolong promise promote prompt propagate propel propose prosecute
    prosper protect protest protrude prove proven provide prowl prune pry publicize publish pull
    pump puncture punish purchase purge purify pursue push put puzzle quadruple qualify quantify
    quantize quench query question quit quiver quote race raise ran randomize range rank ransack
    rate rationalize rattle ravage rave ravish reach react read realise realize reap rearrange
    reason reassure rebel reboot rebound rebuild rebuke recalculate recall recede receive
    recheck recite reckon recline recognise recognize recommend recompute reconcile reconsider
    reconstruct record recoup recover recreate recruit rectify recuperate recur recycle redeem
    redefine redesign redirect rediscover redistribute reduce reek reel reevaluate reexamine
    refactor refer refine reflect reform reformulate refrain reframe refresh refund refuse
    refute regain regard regenerate register regress regret regroup regulate rehabilitate
    rehearse reheat reimagine reimburse reindex reinforce reinstall reinvent reiterate reject
    rejoice rejuvenate relabel relapse relate relax relearn release relent relieve relinquish
    relish relive relocate rely remain remark remember remind reminisce remodel remove rename
    render renew renounce renovate rent reopen reorder reorganize repaint repair repeat repel
    repent rephrase replace replenish replicate reply repopulate report reposition represent
    repress reprimand reproduce reprogram repulse repurpose request require reread rerun rescale
    rescue research resemble resent reserve reset reshape reshuffle reside resign resist resize
    resolve resonate resort respect respond rest restart restate restore restrain restrict
    restructure result resume resurrect retain retaliate retell rethink retire retort retrace
    retract retrain retreat retrieve retry return reunite reuse revamp reveal revel revere
    reverse revert review revise revisit revive revoke revolt revolutionize revolve reward
    rewire rework rewrite ride rinse rise risen roam roar roast rode roll root rose rotate
    roughen round rouse route rub ruin rule run rush rustle sacrifice said sail salute sample
    sang sanitize sat satisfy saturate saunter saute save savor saw say scale scan scatter
    schedule scoff scold scope scorch score scorn scour scramble scrape scratch scream screen
    scribble script scroll scrub scrutinize sculpt search secede secrete secure seduce see seek
    seem seen seep seethe segment segregate seize select sell send sense sent separate serve set
    settle sever sew shake shall shape share sharpen shatter shave shed shift shimmer shine ship
    shiver shoot shop should shout show showcase shown shred shriek shrink shrug shuffle shun
    shut sift sign signal signify silence simmer simplify simulate sing singe sink sit sizzle
    sketch skim skip slaughter slay sleep slept slice slide slink slip slither slouch slow slurp
    smell smile smirk smooth smuggle snap snarl snatch sneak snip snort snuggle soak soar
    socialize soften sold solve soothe sort sought sound spark spawn speak specialise specialize
    specify speed spell spend spent spew spill spin spit splash splinter split spoke spoken
    sponsor spot sprawl spray spread sprinkle sprout squander square squat squeak squeal squeeze
    squirm squirt stab stabilize stack stage stammer stand standardize star stare start startle
    starve state stay steal steer step stick stifle stigmatize stimulate stir stomp stood stoop
    stop store straddle straighten strain strangle strategize strengthen stress stretch strike
    string strip strive structure struggle study stumble stun stutter subdivide subdue subjugate
    submerge submit subscribe subside subsidize subsist substantiate substitute subtract succeed
    succumb suck suffer suffice suffocate suggest suit sulk sum summarise summarize summon
    supercharge superimpose supersede supervise supplement supply support suppose suppress surf
    surmise surmount surpass surprise surrender surround survey survive suspect suspend sustain
    swam swap swear sweat sweep swerve swim swindle swirl switch swoop symbolize sympathize
    synthesise synthesize tabulate tackle tailor take taken talk tally tame tamper tangle tap
    target taste taught taunt teach tear tease teeter telescope tell tend term terminate terrify
    terrorize test testify thank theorize thicken think thought thrash thread threaten threw
    thrive throw thrown thrust thwart tickle tie tighten tilt time tinker tiptoe title toggle
    told tolerate took topple toss totter touch tour trace track trade train trample transcend
    transcribe transfer transform transgress transition translate transmit transmute transport
    transpose trap traumatize travel traverse tread treasure treat tremble triangulate trigger
    trim triple trivialize trudge trust try tuck tune turn tweak twirl twist type unbox unchain
    uncheck unclog uncover underestimate undergo underline undermine understand understood
    undertake underwent undo unearth unfasten unfold unhook unify uninstall unite unleash unload
    unlock unnerve unpack unplug unravel unroll unscrew unseat untangle untie unveil unwind
    unwrap unzip update upgrade uphold upload uproot urge use usurp utilise utilize utter vacate
    vaccinate validate value vanish vanquish vaporize vary vectorize veer venture verbalize
    verify vibrate view vilify vindicate violate visit visualise visualize voice vote vow wage
    wait waive wake walk wander want warm warn was wash waste watch water waver weaken wean wear
    weatherize weave wed weep weigh welcome went were wheeze whine whirl whisk whisper whittle
    widen wield wiggle will wilt win wipe wish withdraw wither withhold withstand witness wobble
    woke won wonder word work worry worsen would wrap wrench wrestle wriggle wring write written
    wrote yank yearn yield yodel zip zoom""".split()
)

# Words that are no verbs: what else sentences and answers begin with.
NOT_VERBS = frozenset(
    """a about above abstract according across actually additionally after afterwards again against
    ah ahem algebra all almost along already alright also although always among an and another
    answer any anyone anything as at because before below beneath beside besides between beyond
    both but by bye case certain certainly chapter children city clearly company conclusion
    congrats congratulations country day dear despite during each either equation evening
    eventually every everybody everyone everything excellent executive farewell few final
    finally first firstly five for four from furthermore glad good government great greetings
    happy he hello hence her here hers hey hi his hm hmm how however i if in indeed initially
    instead into introduction it its itself lastly later lemma life man many mathematics maths
    maybe me meanwhile mine moreover morning most mr mrs ms much my naturally neither never
    nevertheless next nine no nobody none nope nor not nothing now obviously of often oh ok okay
    on once one only onto or other our ours over overview people per perhaps please problem
    proof python quite rather second secondly section seven several she similarly since six so
    solution some somebody someone something sometimes soon sorry still subject such summary
    sure system ten than thanks that the their theirs them then theorem there therefore these
    they third this those three through throughout thus till to today together tomorrow too
    total toward two under unless until unto up upon us very via we well what whatever when
    whenever where whereas wherever whether which whichever while who whoever whom whose why
    with within without woman world wow yeah year yep yes yesterday yet you your yours yup""".split()
)

# Verbs that are no nouns, so that a colon after them makes no label.
SURE = frozenset(
    """add assume calculate choose compare complete compute consider define describe determine
    discover divide evaluate examine explain find given identify imagine keep know let multiply
    notice observe prove read recall remember see simplify solve suppose subtract think try use
    verify write""".split()
)

# Verbs that take `of`; another word before `of` is a noun: the sum of, a set of.
OF_VERBS = frozenset(
    """am are be been being beware born built complain conceive consist dispose dream hear heard
    is knew know known learn learned made partake speak spoke spoken tell think thought told was
    were""".split()
)

# Verbs that are nouns before a number or a letter: Step 1, Point A.
LABELLED = frozenset(
    """box claim exercise figure form group level note option page part phase plan point
    question rule slide stage step test""".split()
)

# Words that are verbs only before what is done to: Double the sum, not Double room.
EITHER = frozenset(
    """circle color colour cube double duplicate graph quadruple square triple""".split()
)
