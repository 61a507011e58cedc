/** How Korean speakers wrap and end a request: "혹시 … 주실 수 있나요", "…인지 아세요". Put as the plain form that templates are written in. */

const BEFORE =
  /^(?:(?:저기|저기요|있잖아|있잖아요|혹시|미안|미안한데|죄송한데|죄송하지만|실례지만|여보세요|얘|얘야|여보|자기야|아이고|아이구|아유|에이|야|음|어|아|오|네|예|응|오케이|알았어|알았어요|알겠어|알겠어요|됐어|됐고|도와줘|그럼|그러면|자|근데|그런데|그리고|참|아참|좀|제발|빨리|얼른|어서|당장|이제|나한테|저한테|나 좀|나|우리) )+/;
const AFTER =
  /(?: ?(?:부탁|부탁해|부탁해요|부탁합니다|부탁드려요|부탁드립니다|고마워|고마워요|감사합니다|제발|빨리|얼른|당장|지금 당장|좀))+$/;

/** Words of haste and softening that stand anywhere and change nothing: "그만 좀 해", "타이머 그냥 꺼". */
const SOFTENING = / (?:좀|한번|그냥|빨리|얼른|지금 당장|당장)(?= )/g;

/** "해 주시겠어요", "해 줄 수 있나요", "해 줬으면 좋겠어", "해 봐": all ask for the same. */
const PLEASE =
  / ?(?:줘요|줘라|놔|놔줘|둬|다오|줘야 (?:돼|돼요|해|해요|되는데|하는데)|줘 봐|줘봐|봐|봐요|봐줘|봐라|보세요|주라|주렴|달라|줄래|줄래요|주세요|주시죠|주시겠어요|주시겠습니까|주실래요|주십시오|줄 수 있(?:어|어요|니|나|나요|을까|을까요|겠니)|주실 수 있(?:어요|나요|을까요|으세요)|주시면 (?:돼요|좋겠어요|감사하겠습니다)|주면 (?:좋겠어|좋겠어요|돼|안 돼|안 될까)|줬으면 (?:좋겠어|좋겠어요|해|해요)|주겠니|주겠어|줄게요?)$/;
/** "몇 시인지 알려줘", "얼마나 남았는지 아세요" */
const TELL =
  '(?:(?:좀 )?(?:알려|말해|가르쳐|얘기해|확인해|봐|보여) ?줘|말해|알아|아니|알아요|아나요|아세요|아시나요|알고 있어|알 수 있어|알 수 있을까|알고 싶어|알고 싶어요|궁금해|궁금해요|궁금한데|모르겠어)';
/** Syllables that end in ㅆ: what was, and what is there. */
const WITH_SS = Array.from({ length: 399 }, (_, index) => String.fromCharCode(0xac00 + 28 * index + 20)).join('');

const WHETHER = new RegExp(`인지(?:를|가)? ?${TELL}$`);
const WHETHER_IT_DOES = new RegExp(`(?<=[없${WITH_SS}])는지(?:를|가)? ?${TELL}$`);
/** "예요", "인가요", "입니까" and "이지" are all "야". */
const IS = /(?:이에요|예요|에요|인가요|인가|인데요?|입니까|이죠|죠|이지요?|이냐|냐|이여|여|이니|니|일까요?|이더라|더라|이었지)$/;
/** "있어요", "남았나요", "됐습니까", "하셨죠" */
const DOES = new RegExp(`(?<=[없${WITH_SS}])(?:어요|나요|나|니|습니까|지요?|죠|냐|을까요?|더라)$`);

/** "그만 해" is written "그만해" too. */
const DO = / (?=(?:해(?:줘|요)?|하세요|하자|할래|하지 마)$)/;

/** Asked plainly ("꺼", "맞춰라") or as a favour ("꺼줘"): the same. */
const PLAIN_VERB = /(?<=[춰켜꺼해려여워놔봐])라?$/;

/** "한 삼십 분 정도만": about so long is so long. */
const ABOUT = /(?:(?<=^| )한 )?(?=(\S* ?(?:분|초|시간)(?: ?반)?) ?(?:정도|쯤|만)(?: ?만)?(?= |$))\1 ?(?:정도|쯤|만)(?: ?만)?/;

/** "사십 분이요", "두 시 반이요": what is said of it, without a verb. */
const IS_SAID = /(?<=\S)이요$/;

/** "멈추라고", "끄라고 했잖아": said a second time. */
const ORDERED: Readonly<Record<string, string>> = { 하: '해', 멈추: '멈춰', 끄: '꺼', 켜: '켜', 줄이: '줄여', 키우: '키워', 맞추: '맞춰' };
const TOLD = new RegExp(`(${Object.keys(ORDERED).join('|')})라(?:고|고요|니까|고 했잖아|고 했지)$`);

/** "며칠이야 오늘": what the sentence begins with, said last. */
const SAID_LAST = /^(.+) (오늘|내일|지금|어제|올해|타이머|알람)[은는이가]?$/;

/** "국 올려놨으니까 십 분 있다 알려줘", "텔레비전 보게 소리 낮춰줘": why something is to be done. Only before what is to be done. */
const WHY =
  /^.{2,30}(?:니까|때문에|[는은인운]데|거든|거든요|려고|[해와워여어아려]서|(?:하|보|먹|자|쉬|듣|쓰|읽|놀|나가|끓이|굽|삶|찌|볶|데우|불리|식히|씻|마시)게) (?=.{3,}줘$)/;

/** Beside the request as it was said. */
export function koreanReadings(said: string): readonly string[] {
  const bare = said.replace(BEFORE, '').replace(AFTER, '').replaceAll(SOFTENING, '');
  const asked = bare
    .replace(PLEASE, '줘')
    .replace(IS_SAID, '')
    .replace(DO, '')
    .replace(TOLD, (_, verb: string) => ORDERED[verb] ?? '');
  const readings = [bare, asked];
  if (WHETHER.test(asked)) readings.push(asked.replace(WHETHER, '이야'), asked.replace(WHETHER, '야'));
  readings.push(asked.replace(WHETHER_IT_DOES, '어'), asked.replace(DOES, '어'), asked.replace(DOES, '어').replace('하셨', '했'));
  if (IS.test(asked)) readings.push(asked.replace(IS, '이야'), asked.replace(IS, '야'));
  readings.push(asked.replace(PLAIN_VERB, '줘'), asked.replace(/줘$/, ''), asked.replace(ABOUT, '$1'));
  readings.push(asked.replace(SAID_LAST, '$2 $1'));
  const favour = asked.replace(PLAIN_VERB, '줘');
  readings.push(favour.replace(WHY, ''), favour.replace(WHY, '').replace(/줘$/, ''));
  if (asked.endsWith('요')) readings.push(asked.slice(0, -1));
  return readings.filter((reading) => reading !== '' && reading !== said);
}
