/* Passkeys need a script: what depends on it stays hidden until this module runs, and a failure is said in words.
   The exchange with the browser is allauth's own (mfa/js/webauthn.js). */
for (const part of document.querySelectorAll("[data-passkey]")) {
  part.hidden = !window.PublicKeyCredential;
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-passkey-error]");
  if (!place) return;
  const gaveUp = event.detail?.exception?.name === "NotAllowedError";
  place.textContent = gaveUp ? place.dataset.gaveUp : place.dataset.failed;
  place.hidden = false;
  place.focus();
});
