// Reads the code of a notice from a photo or from text and checks its signature (see docs/notice-code.md).
"use strict";
(function () {
  const MARK = "现场执法核验码1";
  const CONTEXT = "field-inspector/notice-code/v1\u0000";
  const KEYS = JSON.parse(document.getElementById("keys").textContent);
  const WORDS = {
    zh: {
      title: "执法文书核验", language: "English",
      about: "核对手中的执法文书是不是由所列机关签发、二维码中的内容有没有被改动。本页不联网，照片和内容不离开这台设备。",
      pick: "拍摄或选择文书二维码的照片", pickHint: "让二维码完整、清晰，占画面三分之一以上；也可以把照片拖到这里",
      paste: "已用手机扫码？粘贴扫出的文字", check: "核验",
      limits: "核验只说明二维码由谁签发、内容未改动。请把显示的各项与纸上文字逐项核对；对内容有疑问，请拨打文书上的电话。",
      ok: "核验通过", okText: "由“{name}”签发，二维码内容未被改动。请与纸质文书逐项核对：",
      bad: "核验不通过", badText: "签名与内容不符：二维码内容被改动过，或者是伪造的。请保留原件并联系发文机关。",
      unknown: "无法核验", unknownText: "本页不认识这个签发者。请向发文机关索取最新的核验页。以下内容未经证实：",
      none: "没有找到二维码", noneText: "请正对文书、靠近一些、避开反光，再拍一张。",
      strange: "这不是执法文书的核验码", strangeText: "扫到的内容不是本系统文书上的二维码。",
      number: "文号", office: "发文机关", day: "日期", party: "当事人", items: "问题（项）", until: "最晚整改期限", fine: "罚款", digest: "内容摘要（前 16 位）",
      yuan: "{n} 元", wait: "正在识别照片…",
    },
    en: {
      title: "Check an enforcement notice", language: "中文",
      about: "See whether the notice in your hands was issued by the office it names and whether its code was changed. This page uses no network; photo and content stay on this device.",
      pick: "Take or choose a photo of the code", pickHint: "The whole code, sharp, at least a third of the picture; or drop the photo here",
      paste: "Scanned it with a phone? Paste the text", check: "Check",
      limits: "This shows who issued the code and that it was not changed. Compare each item with the paper; with questions call the number on the notice.",
      ok: "Genuine", okText: "Issued by “{name}”; the code was not changed. Compare it with the paper:",
      bad: "NOT genuine", badText: "The signature does not fit: the code was changed or forged. Keep the paper and ask the office.",
      unknown: "Can't be checked", unknownText: "This page does not know the issuer. Ask the office for its newest page. Not proved:",
      none: "No code found", noneText: "Face the paper, come closer, avoid glare, and take another photo.",
      strange: "Not the code of a notice", strangeText: "What was read is not the code of a notice.",
      number: "Number", office: "Office", day: "Date", party: "Party", items: "Problems", until: "Latest deadline", fine: "Fine", digest: "Digest (first 16 digits)",
      yuan: "{n} yuan", wait: "Reading the photo…",
    },
  };
  let language = "zh";
  let last = null;
  const find = (id) => document.getElementById(id);
  const say = (key, values) => WORDS[language][key].replace(/\{(\w+)\}/g, (_, name) => (values || {})[name]);

  function bytesOf(base64) {
    const plain = atob(base64.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (char) => char.charCodeAt(0));
  }

  function read(text) {
    const lines = text.trim().replace(/\r\n/g, "\n").split("\n");
    if (lines[0] !== MARK || lines.length !== 9) return null;
    const told = Object.fromEntries(lines[5].split(";").filter(Boolean).map((part) => part.split("=")));
    const facts = { number: lines[1], office: lines[2], day: lines[3], party: lines[4] };
    if (told.items) facts.items = told.items;
    if (told.until) facts.until = told.until;
    if (told.fine) facts.fine = say("yuan", { n: (Number(told.fine) / 100).toString() });
    const proof = { lines, facts };
    try {
      facts.digest = Array.from(bytesOf(lines[6]), (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
      proof.signature = bytesOf(lines[8]);
    } catch (error) {
      proof.signature = new Uint8Array(0);
    }
    return proof;
  }

  function judge(text) {
    const proof = read(text);
    if (!proof) return { kind: "warn", head: "strange", text: "strangeText" };
    const known = KEYS[proof.lines[7]];
    if (!known) return { kind: "warn", head: "unknown", text: "unknownText", facts: proof.facts };
    const message = new TextEncoder().encode(CONTEXT + proof.lines.slice(0, 8).join("\n"));
    const isGenuine = proof.signature.length === 64
      && nacl.sign.detached.verify(message, proof.signature, bytesOf(known.key));
    if (!isGenuine) return { kind: "bad", head: "bad", text: "badText" };
    return { kind: "ok", head: "ok", text: "okText", name: known.name, facts: proof.facts };
  }

  function show(verdict) {
    const box = find("verdict");
    box.hidden = false;
    box.className = verdict.kind;
    box.dataset.verdict = verdict.head;
    box.replaceChildren();
    const head = document.createElement("h2");
    head.textContent = { ok: "✓ ", bad: "✕ ", warn: "! " }[verdict.kind] + say(verdict.head);
    const text = document.createElement("p");
    text.textContent = say(verdict.text, { name: verdict.name });
    box.append(head, text);
    if (verdict.facts) box.append(tableOf(verdict.facts));
  }

  function tableOf(facts) {
    const table = document.createElement("table");
    for (const key of ["number", "office", "day", "party", "items", "until", "fine", "digest"]) {
      if (facts[key] === undefined) continue;
      const row = table.insertRow();
      const name = document.createElement("th");
      name.scope = "row";
      name.textContent = say(key);
      row.append(name);
      const cell = row.insertCell();
      cell.textContent = facts[key];
      if (key === "digest") cell.className = "code";
    }
    return table;
  }

  function judged(text) {
    last = text;
    show(text === null ? { kind: "warn", head: "none", text: "noneText" } : judge(text));
  }

  function pixels(image, edge, angle) {
    const scale = Math.min(1, edge / Math.max(image.width, image.height));
    const width = Math.round(image.width * scale), height = Math.round(image.height * scale);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = angle % 180 ? [height, width] : [width, height];
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.translate(canvas.width / 2, canvas.height / 2);
    pen.rotate((angle * Math.PI) / 180);
    pen.drawImage(image, -width / 2, -height / 2, width, height);
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  }

  function codeIn(image) {
    for (const edge of [1600, 1000, 2400, 700]) {
      for (const angle of [0, 20]) {
        const shown = pixels(image, edge, angle);
        const found = jsQR(shown.data, shown.width, shown.height);
        if (found && found.binaryData.length) return new TextDecoder().decode(Uint8Array.from(found.binaryData));
      }
    }
    return null;
  }

  function checkPicture(address) {
    const image = new Image();
    image.onload = () => judged(codeIn(image));
    image.onerror = () => judged(null);
    image.src = address;
  }

  function taken(file) {
    if (!file) return;
    const box = find("verdict");
    box.hidden = false;
    box.className = "";
    box.textContent = say("wait");
    const reader = new FileReader();
    reader.onload = () => checkPicture(reader.result);
    reader.readAsDataURL(file);
  }

  function speak() {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = say("title");
    for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
    find("language").textContent = say("language");
    find("language").lang = language === "zh" ? "en" : "zh-CN";
    if (!find("verdict").hidden) judged(last);
  }

  find("photo").addEventListener("change", (event) => taken(event.target.files[0]));
  find("drop").addEventListener("dragover", (event) => { event.preventDefault(); find("drop").classList.add("over"); });
  find("drop").addEventListener("dragleave", () => find("drop").classList.remove("over"));
  find("drop").addEventListener("drop", (event) => { event.preventDefault(); find("drop").classList.remove("over"); taken(event.dataTransfer.files[0]); });
  find("check").addEventListener("click", () => judged(find("text").value));
  find("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; speak(); });
  window.noticeVerifier = { checkText: judged, checkPicture };
  speak();
})();
